#include "engine/rpc/identity.h"

#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/base/sha256.h"

namespace gavel::rpc {
namespace {

constexpr char kToken[] = "gvl_c2VjcmV0";

TokenTable Table() { return {{Sha256Hex(kToken), "ana"}}; }

TEST(ParseTokens, ReadsPrincipalsAndSkipsComments) {
  const auto tokens =
      ParseTokens("# who may call\n\nana " + Sha256Hex("a") + "  # laptop\n  bot-1\t" +
                  Sha256Hex("b") + "\nana " + Sha256Hex("c"));
  ASSERT_TRUE(tokens.ok()) << tokens.status();
  EXPECT_EQ(
      *tokens,
      (TokenTable{{Sha256Hex("a"), "ana"}, {Sha256Hex("b"), "bot-1"}, {Sha256Hex("c"), "ana"}}));
}

TEST(ParseTokens, NamesTheLineThatIsWrong) {
  const std::string hash = Sha256Hex("a");
  for (const std::string& line :
       {std::string("ana"), "ana " + hash.substr(1), "ana " + hash + " more",
        "ana " + std::string(64, 'G'), "bo " + hash, hash}) {
    const auto tokens = ParseTokens("ana " + hash + "\n" + line + "\n");
    EXPECT_EQ(tokens.status().code(), absl::StatusCode::kInvalidArgument) << line;
    EXPECT_NE(std::string(tokens.status().message()).find("Line 2"), std::string::npos)
        << tokens.status();
  }
}

TEST(Identity, ATokenNamesItsPrincipal) {
  const Identity identity(Table(), /*believe_claims=*/false);
  const std::string authorization = std::string("Bearer ") + kToken;
  EXPECT_EQ(*identity.PrincipalOf({.authorization = authorization, .claimed = ""}), "ana");
  EXPECT_EQ(*identity.PrincipalOf({.authorization = authorization, .claimed = "bo"}), "ana");
}

TEST(Identity, ATokenThatIsTakenAwayNamesNobody) {
  Identity identity(Table(), /*believe_claims=*/false);
  identity.Replace({});
  const std::string authorization = std::string("Bearer ") + kToken;
  const auto principal = identity.PrincipalOf({.authorization = authorization, .claimed = ""});
  EXPECT_EQ(ErrorReasonOf(principal.status()), "SIGN_IN_REQUIRED");
}

TEST(Identity, NobodyIsAnonymous) {
  EXPECT_EQ(*Identity(Table(), false).PrincipalOf({}), "");
  EXPECT_EQ(*Identity(Table(), true).PrincipalOf({}), "");
}

TEST(Identity, AClaimCountsOnlyOnADevelopmentServer) {
  const Credentials claim{.authorization = "", .claimed = "ana"};
  EXPECT_EQ(*Identity({}, true).PrincipalOf(claim), "ana");
  EXPECT_EQ(*Identity({}, false).PrincipalOf(claim), "");
}

TEST(Identity, AnUnknownTokenIsRefusedEvenBesideAClaim) {
  const Identity identity(Table(), /*believe_claims=*/true);
  for (const char* authorization :
       {"Bearer gvl_other", "Bearer ", "Bearer", "gvl_c2VjcmV0",
        "Basic YW5hOg==", "bearer gvl_c2VjcmV0", "Bearer c2VjcmV0", "Bearer gvl_c2VjcmV0 "}) {
    const auto principal = identity.PrincipalOf({.authorization = authorization, .claimed = "ana"});
    EXPECT_EQ(ErrorReasonOf(principal.status()), "SIGN_IN_REQUIRED") << authorization;
    EXPECT_EQ(std::string(principal.status().message()).find("c2VjcmV0"), std::string::npos)
        << "A token must not come back in a message.";
  }
}

}  // namespace
}  // namespace gavel::rpc
