// Prints docs/lifecycle.md: `lifecycle_doc > docs/lifecycle.md`.

#include <cstdio>

#include "tests/lifecycle/lifecycle_page.h"

int main() {
  const std::string page = gavel::lifecycle_test::LifecyclePage();
  const bool written = std::fwrite(page.data(), 1, page.size(), stdout) == page.size();
  return written && std::fflush(stdout) == 0 ? 0 : 1;
}
