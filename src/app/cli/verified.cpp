#include "app/cli/verified.hpp"

#include "app/cli/answer.hpp"

namespace purser::cli {

void tell(Session& session, const VerifyResult& result, const std::string& beginning) {
    if (session.json()) {
        nlohmann::ordered_json heads = nlohmann::ordered_json::array();
        for (const auto& [chain, head] : result.heads) {
            heads.push_back({{"review", chain.text()}, {"events", head.seq}, {"head", head.hash}});
        }
        session.out() << dumped(
            {{"chains", result.chains}, {"events", result.events}, {"heads", heads}});
        return;
    }
    session.print_line(beginning + plural(result.events, "event", "events") + " in " +
                       plural(result.chains, "chain", "chains") + ", no difference");
    for (const auto& [chain, head] : result.heads) {
        session.print_line("  " + chain.text() + ' ' + std::to_string(head.seq) + ':' + head.hash);
    }
}

ReviewKey parse_chain(std::string_view text) {
    return text == "BOOK" ? ReviewKey::book() : ReviewKey::parse(text);
}

}  // namespace purser::cli
