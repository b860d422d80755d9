// Early return on an absl::Status that is not OK, and unwrapping of an absl::StatusOr.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define GAVEL_RETURN_IF_ERROR(expression)                      \
  do {                                                         \
    if (absl::Status gavel_status_ = (expression); !gavel_status_.ok()) return gavel_status_; \
  } while (false)

#define GAVEL_MACRO_CONCAT_INNER_(a, b) a##b
#define GAVEL_MACRO_CONCAT_(a, b) GAVEL_MACRO_CONCAT_INNER_(a, b)

#define GAVEL_ASSIGN_OR_RETURN(declaration, expression) \
  GAVEL_ASSIGN_OR_RETURN_IMPL_(GAVEL_MACRO_CONCAT_(gavel_or_, __LINE__), declaration, expression)

#define GAVEL_ASSIGN_OR_RETURN_IMPL_(temporary, declaration, expression) \
  auto temporary = (expression);                                         \
  if (!temporary.ok()) return std::move(temporary).status();             \
  declaration = *std::move(temporary)
