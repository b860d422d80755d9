// What a detector reads out of one file, before the catalog says what it means.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

// One attribute of a resource, as text.
struct Attribute {
  std::vector<std::string> values;  // Of a list each item; null and long texts are left out.
  bool unknown = false;             // Known only when the infrastructure is made.
};

// Something the file says is there, or will be.
struct Resource {
  std::string type;     // As the file names it: `aws_db_instance`.
  std::string address;  // Where it stands in the file: `module.db.aws_db_instance.main`.
  // By dotted path, items of a list under the path of the list: `root_block_device.volume_type`.
  std::map<std::string, Attribute, std::less<>> attributes;

  // The attribute, unknown too where a part of the file above it is; empty where there is none.
  Attribute Find(std::string_view path) const;
};

// A region that the file names for everything in it.
struct RegionMention {
  std::string region;  // As written: `us-east-1`; empty where it cannot be told.
  std::string place;   // `provider aws`.
};

// What one file came to.
struct Reading {
  std::string error;  // Why it cannot be read, with its line where there is one; else empty.
  std::vector<Resource> resources;
  std::vector<RegionMention> regions;
  std::vector<std::string> systems;  // Systems the file belongs to.
  std::string classification;        // Highest data class it names; may be empty.
  bool incomplete = false;           // It says of itself that there is more than it shows.
};

// Longer attributes than this are scripts and documents, which no mapping compares.
inline constexpr size_t kMaxAttributeBytes = 256;

}  // namespace gavel::rules
