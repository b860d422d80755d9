// Early return on an absl::Status that is not OK, and unwrapping of an absl::StatusOr.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The loop runs at most once; its variable is named by line so that a lambda in `expression` may
// use the macro too.
#define GAVEL_RETURN_IF_ERROR(expression) \
  GAVEL_RETURN_IF_ERROR_IMPL_(GAVEL_MACRO_CONCAT_(gavel_status_, __LINE__), expression)

#define GAVEL_RETURN_IF_ERROR_IMPL_(temporary, expression)                       \
  do {                                                                           \
    if (absl::Status temporary = (expression); !temporary.ok()) return temporary; \
  } while (false)

#define GAVEL_MACRO_CONCAT_INNER_(a, b) a##b
#define GAVEL_MACRO_CONCAT_(a, b) GAVEL_MACRO_CONCAT_INNER_(a, b)

#define GAVEL_ASSIGN_OR_RETURN(declaration, expression) \
  GAVEL_ASSIGN_OR_RETURN_IMPL_(GAVEL_MACRO_CONCAT_(gavel_or_, __LINE__), declaration, expression)

#define GAVEL_ASSIGN_OR_RETURN_IMPL_(temporary, declaration, expression) \
  auto temporary = (expression);                                         \
  if (!temporary.ok()) return std::move(temporary).status();             \
  declaration = *std::move(temporary)
