// The only file that knows libsecret and GLib. Nothing links to them: each function is looked up in
// the loaded library, which brings GLib along.
#include "clients/cli/account/secret_service.h"

#include <dlfcn.h>
#include <libsecret/secret.h>

#include <memory>

#include "clients/cli/command.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {

struct SecretService::Library {
  decltype(&secret_password_storev_sync) store = nullptr;
  decltype(&secret_password_searchv_sync) search = nullptr;
  decltype(&secret_password_clearv_sync) clear = nullptr;
  decltype(&secret_retrievable_get_attributes) attributes_of = nullptr;
  decltype(&secret_retrievable_retrieve_secret_sync) retrieve = nullptr;
  decltype(&secret_value_get_text) text_of = nullptr;
  decltype(&secret_value_unref) unref_value = nullptr;
  decltype(&g_hash_table_new) new_table = nullptr;
  decltype(&g_hash_table_insert) insert = nullptr;
  decltype(&g_hash_table_lookup) lookup = nullptr;
  decltype(&g_hash_table_unref) unref_table = nullptr;
  decltype(&g_str_hash) hash = nullptr;
  decltype(&g_str_equal) equal = nullptr;
  decltype(&g_list_free) free_list = nullptr;
  decltype(&g_object_unref) unref_object = nullptr;
  decltype(&g_error_free) free_error = nullptr;
};

namespace {

constexpr char kLibrary[] = "libsecret-1.so.0";
constexpr char kApplicationAttribute[] = "application";
constexpr char kApplication[] = "gavel";
constexpr char kServerAttribute[] = "server";

const SecretSchema& Schema() {
  static const SecretSchema schema = {"dev.gavel.Token",
                                      SECRET_SCHEMA_NONE,
                                      {{kApplicationAttribute, SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {kServerAttribute, SECRET_SCHEMA_ATTRIBUTE_STRING}},
                                      0,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr};
  return schema;
}

template <typename Function>
bool Resolve(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

bool ResolveAll(void* library, auto& out) {
  return Resolve(library, "secret_password_storev_sync", out.store) &&
         Resolve(library, "secret_password_searchv_sync", out.search) &&
         Resolve(library, "secret_password_clearv_sync", out.clear) &&
         Resolve(library, "secret_retrievable_get_attributes", out.attributes_of) &&
         Resolve(library, "secret_retrievable_retrieve_secret_sync", out.retrieve) &&
         Resolve(library, "secret_value_get_text", out.text_of) &&
         Resolve(library, "secret_value_unref", out.unref_value) &&
         Resolve(library, "g_hash_table_new", out.new_table) &&
         Resolve(library, "g_hash_table_insert", out.insert) &&
         Resolve(library, "g_hash_table_lookup", out.lookup) &&
         Resolve(library, "g_hash_table_unref", out.unref_table) &&
         Resolve(library, "g_str_hash", out.hash) && Resolve(library, "g_str_equal", out.equal) &&
         Resolve(library, "g_list_free", out.free_list) &&
         Resolve(library, "g_object_unref", out.unref_object) &&
         Resolve(library, "g_error_free", out.free_error);
}

absl::Status NoKeyring(std::string_view why) {
  return UsageError(fmt::format("there is no keyring here: {}", why));
}

// The table that stands for one server, or for all.
template <typename Library>
auto AttributesFor(const Library& library, const std::string& server) {
  GHashTable* table = library.new_table(library.hash, library.equal);
  // GLib's table keeps pointers only and never writes through them.
  const auto insert = [&](const char* key, const char* value) {
    library.insert(table, const_cast<char*>(key), const_cast<char*>(value));
  };
  insert(kApplicationAttribute, kApplication);
  if (!server.empty()) insert(kServerAttribute, server.c_str());
  return std::unique_ptr<GHashTable, decltype(library.unref_table)>(table, library.unref_table);
}

template <typename Library>
absl::Status Take(const Library& library, GError* error) {
  if (error == nullptr) return absl::OkStatus();
  absl::Status status = NoKeyring(error->message);
  library.free_error(error);
  return status;
}

template <typename Library>
Secret SecretOf(const Library& library, SecretRetrievable* item) {
  Secret secret;
  GHashTable* attributes = library.attributes_of(item);
  const auto* server = static_cast<const char*>(library.lookup(attributes, kServerAttribute));
  if (server != nullptr) secret.server = server;
  library.unref_table(attributes);
  GError* error = nullptr;
  SecretValue* value = library.retrieve(item, nullptr, &error);
  if (error != nullptr) library.free_error(error);  // Locked: a secret without its token.
  if (value == nullptr) return secret;
  if (const char* text = library.text_of(value)) secret.token = text;
  library.unref_value(value);
  return secret;
}

}  // namespace

absl::StatusOr<SecretService> SecretService::Load() {
  static Library functions;
  static const std::string problem = [] {
    void* library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return std::string(dlerror());
    return ResolveAll(library, functions) ? std::string() : std::string(kLibrary) + " is too old";
  }();
  if (!problem.empty()) return NoKeyring(problem);
  return SecretService(&functions);
}

absl::Status SecretService::Store(const std::string& server, const std::string& token) const {
  const auto attributes = AttributesFor(*library_, server);
  GError* error = nullptr;
  library_->store(&Schema(), attributes.get(), SECRET_COLLECTION_DEFAULT,
                  ("Gavel token for " + server).c_str(), token.c_str(), nullptr, &error);
  return Take(*library_, error);
}

absl::StatusOr<std::vector<Secret>> SecretService::Find(const std::string& server,
                                                        bool unlock) const {
  const auto attributes = AttributesFor(*library_, server);
  const int flags =
      SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS | (unlock ? SECRET_SEARCH_UNLOCK : 0);
  GError* error = nullptr;
  GList* items = library_->search(&Schema(), attributes.get(),
                                  static_cast<SecretSearchFlags>(flags), nullptr, &error);
  GAVEL_RETURN_IF_ERROR(Take(*library_, error));
  std::vector<Secret> secrets;
  for (GList* item = items; item != nullptr; item = item->next) {
    secrets.push_back(SecretOf(*library_, static_cast<SecretRetrievable*>(item->data)));
    library_->unref_object(item->data);
  }
  library_->free_list(items);
  return secrets;
}

absl::StatusOr<bool> SecretService::Erase(const std::string& server) const {
  const auto attributes = AttributesFor(*library_, server);
  GError* error = nullptr;
  const bool erased = library_->clear(&Schema(), attributes.get(), nullptr, &error) != 0;
  GAVEL_RETURN_IF_ERROR(Take(*library_, error));
  return erased;
}

}  // namespace gavel::cli
