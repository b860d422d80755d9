// Work for the language server's thread, from others.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace gavel::cli {

class Mailbox {
 public:
  Mailbox();
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // Thread-safe.
  void Post(std::function<void()> work);

  // Readable while there is work, for `poll`.
  int descriptor() const { return descriptor_; }
  // Does what was posted, in its order.
  void DoAll();

 private:
  const int descriptor_;
  std::mutex mutex_;
  std::vector<std::function<void()>> work_;
};

}  // namespace gavel::cli
