#include "clients/check/link_targets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "clients/check/repository_path.h"

namespace gavel::check {
namespace {

namespace fs = std::filesystem;

// A repository with a folder beside it that nothing in it may show.
class LinkTargetsTest : public testing::Test {
 protected:
  LinkTargetsTest() {
    std::string name = testing::TempDir() + "links-XXXXXX";
    top_ = mkdtemp(name.data());
    root_ = top_ / "repository";
    fs::create_directories(root_ / "specs");
    fs::create_directories(root_ / "docs");
    for (const fs::path& path : {root_ / "docs/there.md", top_ / "secret.md"}) {
      std::ofstream(path) << "text";
    }
    fs::create_symlink("../../secret.md", root_ / "docs/link.md");
    fs::create_directory_symlink(top_, root_ / "docs/up");
  }
  ~LinkTargetsTest() override { fs::remove_all(top_); }

  bool Exists(const std::string& target) const {
    return LinkTargets(root_, root_ / "specs/a.md")(target);
  }

  fs::path top_;
  fs::path root_;
};

TEST_F(LinkTargetsTest, LooksAtTheWorkingTree) {
  for (const char* there :
       {"../docs/there.md", "../docs", "/docs/there.md", ".", "..", "../specs/../docs/there.md"}) {
    EXPECT_TRUE(Exists(there)) << there;
  }
  for (const char* gone : {"there.md", "../docs/gone.md", "/gone.md", "../docs/there.md/x"}) {
    EXPECT_FALSE(Exists(gone)) << gone;
  }
}

TEST_F(LinkTargetsTest, NothingOutsideExists) {
  for (const char* outside : {"../../secret.md", "../..", "/../secret.md", "../../repository/docs",
                              "../../../../../../etc/passwd"}) {
    EXPECT_FALSE(Exists(outside)) << outside;
  }
}

// Whether the target of a symbolic link is there would tell about files outside.
TEST_F(LinkTargetsTest, ASymbolicLinkIsNotFollowed) {
  for (const char* behind : {"../docs/link.md", "../docs/up/secret.md", "../docs/up/no-such.md"}) {
    EXPECT_TRUE(Exists(behind)) << behind;
  }
}

TEST_F(LinkTargetsTest, OutsideARepositoryNobodyCanTell) {
  EXPECT_FALSE(LinkTargets("", root_ / "specs/a.md"));
  EXPECT_FALSE(LinkTargets(root_, top_ / "secret.md"));
}

TEST_F(LinkTargetsTest, PathsAreFromTheTopOfTheRepository) {
  EXPECT_EQ(RepositoryPath(root_, root_ / "specs/../docs/there.md"), "docs/there.md");
  EXPECT_EQ(RepositoryPath(root_, top_ / "secret.md"), fs::canonical(top_ / "secret.md"));
  EXPECT_EQ(RepositoryPath("", root_ / "docs/there.md"), fs::canonical(root_ / "docs/there.md"));
}

}  // namespace
}  // namespace gavel::check
