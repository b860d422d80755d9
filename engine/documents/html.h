// Markdown as an HTML page that a mail program shows as it is: styles inline, nothing fetched from
// outside, readable on a phone, in the dark and on paper.
#pragma once

#include <string>
#include <string_view>

namespace gavel::documents {

// A whole page, titled by the first heading. CommonMark with tables and strikethrough. Raw HTML and
// links that run something (`javascript:`) are dropped, images become their text. The page has no
// colours of its own but a grey that shows on white and on black. O(bytes).
std::string HtmlPage(std::string_view markdown);

}  // namespace gavel::documents
