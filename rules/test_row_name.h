// Names of the cases of a table-driven test: the `name` of each row.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace gavel::rules {

struct RowName {
  template <typename Row>
  std::string operator()(const testing::TestParamInfo<Row>& row) const {
    return row.param.name;
  }
};

}  // namespace gavel::rules
