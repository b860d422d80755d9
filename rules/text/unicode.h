// The characters of engine/base/unicode.h by the names of this folder.
#pragma once

#include "engine/base/unicode.h"

namespace gavel::rules {

using gavel::CodePointText;
using gavel::FindCharacter;
using gavel::FirstInvalidUtf8;
using gavel::FoundCharacter;
using gavel::InvisibleText;
using gavel::IsBidiControl;
using gavel::IsForeignLineBreak;
using gavel::IsUnsafeInName;
using gavel::IsUnsafeToShow;
using gavel::IsZeroWidth;
using gavel::NextCodePoint;

}  // namespace gavel::rules
