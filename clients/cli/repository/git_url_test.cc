#include "clients/cli/repository/git_url.h"

#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

struct Row {
  const char* url;
  const char* name;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.url; }

class NormaliseRepositoryTest : public testing::TestWithParam<Row> {};

TEST_P(NormaliseRepositoryTest, OneNameForEverySpelling) {
  EXPECT_EQ(NormaliseRepository(GetParam().url), GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, NormaliseRepositoryTest,
    testing::Values(Row{"https://github.com/acme/uploads.git", "github.com/acme/uploads"},
                    Row{"https://github.com/acme/uploads", "github.com/acme/uploads"},
                    Row{"https://github.com/acme/uploads/", "github.com/acme/uploads"},
                    Row{"https://ana:secret@GitHub.com:443/acme/uploads.git",
                        "github.com/acme/uploads"},
                    Row{"http://git.example:80/acme/uploads", "git.example/acme/uploads"},
                    Row{"https://git.example:8443/acme/uploads", "git.example:8443/acme/uploads"},
                    Row{"git@github.com:acme/uploads.git", "github.com/acme/uploads"},
                    Row{"GitHub.com:acme/uploads", "github.com/acme/uploads"},
                    Row{"git@host:/srv/git/uploads.git", "host/srv/git/uploads"},
                    Row{"ssh://git@github.com:22/acme/uploads.git", "github.com/acme/uploads"},
                    Row{"ssh://git@host:2222/acme/uploads", "host:2222/acme/uploads"},
                    Row{"git+ssh://git@host/acme/uploads", "host/acme/uploads"},
                    Row{"git://host:9418/acme/uploads", "host/acme/uploads"},
                    Row{"ssh://git@[::1]:22/acme/uploads", "[::1]/acme/uploads"},
                    Row{"ssh://git@[::1]/acme/uploads", "[::1]/acme/uploads"},
                    Row{"https://github.com//acme///Uploads.git/", "github.com/acme/Uploads"},
                    Row{"/srv/git/uploads.git", "local/srv/git/uploads"},
                    Row{"file:///srv/git/uploads.git", "local/srv/git/uploads"},
                    Row{"/srv/git/uploads/.git", "local/srv/git/uploads"},
                    Row{"../uploads.git", "local/uploads"},
                    Row{"https://github.com/acme/uploads.git\n", "github.com/acme/uploads"},
                    Row{"https://github.com", ""}, Row{"", ""}));

}  // namespace
}  // namespace gavel::cli
