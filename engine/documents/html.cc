#include "engine/documents/html.h"

#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include "fmt/format.h"

namespace gavel::documents {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
  void operator()(char* text) const { std::free(text); }
};
using Node = std::unique_ptr<cmark_node, FreeNode>;
using Text = std::unique_ptr<char, FreeText>;

// No UNSAFE: raw HTML and dangerous links are left out. A line of a note stays a line.
constexpr int kOptions = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS;

constexpr std::array kExtensions = {"table", "strikethrough"};

Node Parse(cmark_parser* parser, std::string_view markdown) {
  for (const char* name : kExtensions) {
    if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
      cmark_parser_attach_syntax_extension(parser, extension);
    }
  }
  cmark_parser_feed(parser, markdown.data(), markdown.size());
  return Node(cmark_parser_finish(parser));
}

// Calls `visit` for every node on the way down; the tree must not change meanwhile.
template <typename Visit>
void ForEachNode(cmark_node* root, Visit visit) {
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root));
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    if (event == CMARK_EVENT_ENTER) visit(cmark_iter_get_node(iterator.get()));
  }
}

// An image would be fetched, and tell its server who reads: its text stays.
void ReplaceImages(cmark_node* root) {
  std::vector<cmark_node*> images;
  ForEachNode(root, [&](cmark_node* node) {
    if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) images.push_back(node);
  });
  for (cmark_node* image : images) {
    while (cmark_node* child = cmark_node_first_child(image)) {
      cmark_node_insert_before(image, child);
    }
    cmark_node_unlink(image);
    cmark_node_free(image);
  }
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// The words of the first heading.
std::string TitleOf(cmark_node* root) {
  cmark_node* heading = cmark_node_first_child(root);
  while (heading != nullptr && cmark_node_get_type(heading) != CMARK_NODE_HEADING) {
    heading = cmark_node_next(heading);
  }
  std::string title;
  if (heading == nullptr) return title;
  ForEachNode(heading, [&](cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) title += ' ';
    if (type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE) return;
    if (const char* literal = cmark_node_get_literal(node)) title += literal;
  });
  return title;
}

// Mail programs drop style sheets, so that each element carries its own.
constexpr std::pair<std::string_view, std::string_view> kStyles[] = {
    {"<h1", "font-size:1.35em;line-height:1.3;margin:0 0 0.8em"},
    {"<h2", "font-size:1.12em;line-height:1.3;margin:1.6em 0 0.5em;page-break-after:avoid"},
    {"<h3", "font-size:1em;line-height:1.3;margin:1.4em 0 0.4em;page-break-after:avoid"},
    {"<p", "margin:0 0 0.8em"},
    {"<ul", "margin:0 0 0.9em;padding-left:1.3em"},
    {"<ol", "margin:0 0 0.9em;padding-left:1.6em"},
    {"<li", "margin:0 0 0.35em;page-break-inside:avoid"},
    {"<blockquote", "margin:0.3em 0 0.6em;padding-left:0.8em;border-left:3px solid #888"},
    {"<pre", "margin:0 0 0.9em;padding:0.5em;border:1px solid #888;white-space:pre-wrap"},
    {"<code", "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:0.92em"},
    {"<table", "border-collapse:collapse;margin:0 0 0.9em"},
    {"<th", "border:1px solid #888;padding:0.25em 0.5em;text-align:left"},
    {"<td", "border:1px solid #888;padding:0.25em 0.5em"},
    {"<hr", "border:0;border-top:1px solid #888;margin:1.2em 0"},
};

// The renderer escapes every `<` of the text, so that what looks like a tag is one.
std::string WithStyles(std::string_view html) {
  std::string styled;
  for (size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    size_t taken = 1;
    std::string style;
    for (const auto& [tag, css] : kStyles) {
      if (rest.substr(0, tag.size()) != tag || rest.size() == tag.size()) continue;
      const char next = rest[tag.size()];
      if (next != '>' && next != ' ') continue;
      style = fmt::format(" style=\"{}\"", css);
      taken = tag.size();
    }
    styled.append(rest.substr(0, taken)).append(style);
    at += taken;
  }
  return styled;
}

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:1em;)"
                                   R"(font-family:system-ui,-apple-system,'Segoe UI',Roboto,)"
                                   R"(sans-serif;font-size:16px;line-height:1.5;)"
                                   R"(overflow-wrap:anywhere">
<main style="max-width:44em;margin:0 auto">
{body}</main>
</body>
</html>
)";

}  // namespace

std::string HtmlPage(std::string_view markdown) {
  // Registers the extensions once for the process; they live as long as it does.
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(kOptions));
  const Node root = Parse(parser.get(), markdown);
  ReplaceImages(root.get());
  const Text html(
      cmark_render_html(root.get(), kOptions, cmark_parser_get_syntax_extensions(parser.get())));
  const std::string title = TitleOf(root.get());
  return fmt::format(kPage, fmt::arg("title", Escaped(title.empty() ? "Spec review" : title)),
                     fmt::arg("body", WithStyles(html.get())));
}

}  // namespace gavel::documents
