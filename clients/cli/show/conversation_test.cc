#include "clients/cli/show/conversation.h"

#include <gtest/gtest.h>

#include <sstream>

namespace gavel::cli {
namespace {

v1::Comment CommentOf(const std::string& id, const std::string& answers) {
  v1::Comment comment;
  comment.set_id(id);
  comment.set_author("kim");
  comment.set_text("About " + id);
  comment.set_in_reply_to(answers);
  return comment;
}

std::string TextOf(const v1::Spec& spec, const std::vector<v1::Comment>& comments) {
  std::ostringstream stream;
  return ConversationText(Output({}, stream, stream), spec, comments);
}

TEST(ConversationTest, AReplyStandsBelowWhatItAnswers) {
  v1::Spec spec;
  v1::Concern& concern = *spec.add_concerns();
  concern.set_id("c1");
  concern.set_title("limits");
  concern.set_raiser("chen");
  concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
  concern.set_status(v1::Concern::STATUS_OPEN);
  EXPECT_EQ(TextOf(spec, {CommentOf("m1", ""), CommentOf("m2", ""), CommentOf("m3", "m1"),
                          CommentOf("m4", "c1"), CommentOf("m5", "m3")}),
            "c1  blocking \"limits\" by @chen — open\n"
            "    m4  @kim, \n"
            "        > About m4\n"
            "m1  @kim, \n"
            "    > About m1\n"
            "    m3  @kim, \n"
            "        > About m3\n"
            "        m5  @kim, \n"
            "            > About m5\n"
            "m2  @kim, \n"
            "    > About m2\n");
}

TEST(ConversationTest, NobodyCanHideAComment) {
  EXPECT_EQ(TextOf({}, {CommentOf("m1", "m2"), CommentOf("m2", "m1"), CommentOf("m3", "m99"),
                        CommentOf("m4", "m4")}),
            "m1  @kim, \n"
            "    > About m1\n"
            "    m2  @kim, \n"
            "        > About m2\n"
            "m3  @kim, \n"
            "    > About m3\n"
            "m4  @kim, \n"
            "    > About m4\n");
}

TEST(ConversationTest, AllLinesOfAPlaceAreNamed) {
  v1::Comment comment = CommentOf("m1", "");
  comment.mutable_anchor()->set_revision(2);
  comment.mutable_anchor()->set_first_line(40);
  comment.mutable_anchor()->set_last_line(44);
  EXPECT_EQ(TextOf({}, {comment}), "m1  @kim, , lines 40-44 of revision 2\n    > About m1\n");
  comment.mutable_anchor()->set_last_line(40);
  EXPECT_EQ(TextOf({}, {comment}), "m1  @kim, , line 40 of revision 2\n    > About m1\n");
}

}  // namespace
}  // namespace gavel::cli
