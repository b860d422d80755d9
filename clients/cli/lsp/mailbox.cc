#include "clients/cli/lsp/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace gavel::cli {

Mailbox::Mailbox() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Mailbox::~Mailbox() { close(descriptor_); }

void Mailbox::Post(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  work_.push_back(std::move(work));
  eventfd_write(descriptor_, 1);
}

void Mailbox::DoAll() {
  std::vector<std::function<void()>> work;
  {
    const std::scoped_lock lock(mutex_);
    eventfd_t count = 0;
    eventfd_read(descriptor_, &count);
    work.swap(work_);
  }
  for (const auto& each : work) each();
}

}  // namespace gavel::cli
