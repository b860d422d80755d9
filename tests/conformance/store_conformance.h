// The fixture of the conformance suite: an empty store of the back end under test. Nothing in the
// suite may ask which one that is.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/conformance/backends.h"
#include "tests/testing/store_testing.h"

namespace gavel::store {

class StoreConformance : public ::testing::TestWithParam<Backend> {
 protected:
  StoreConformance() : test_store_(GetParam().make()) {}

  Store& store() { return test_store_->store(); }
  std::unique_ptr<View> Read() { return Must(store().Read()); }

 private:
  const std::unique_ptr<TestStore> test_store_;
};

}  // namespace gavel::store
