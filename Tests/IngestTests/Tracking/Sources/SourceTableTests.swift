import Analytics
@testable import Ingest
import Support
import Testing

struct SourceTableTests {
    @Test(arguments: [
        ("https://www.google.com.br/", "Google", SourceKind.search), ("https://google.com", "Google", .search),
        ("https://m.google.de/", "Google", .search), ("https://www.google.co.uk/search?q=x", "Google", .search),
        ("https://syndicatedsearch.goog/", "Google", .search),
        ("android-app://com.google.android.googlequicksearchbox/", "Google", .search),
        ("https://cn.bing.com/", "Bing", .search), ("https://r.search.yahoo.com/", "Yahoo!", .search),
        ("https://de.search.yahoo.com/", "Yahoo!", .search), ("https://yandex.com.tr/", "Yandex", .search),
        ("https://m.yandex.ru/", "Yandex", .search), ("https://ya.ru/", "Yandex", .search),
        ("https://search.brave.com/", "Brave Search", .search), ("https://m.baidu.com/", "Baidu", .search),
        ("https://chatgpt.com/", "ChatGPT", .assistant), ("https://chat.openai.com/", "ChatGPT", .assistant),
        ("https://gemini.google.com/app", "Gemini", .assistant),
        ("https://www.perplexity.ai/", "Perplexity", .assistant),
        ("https://duck.ai/", "Duck.ai", .assistant), ("https://yiyan.baidu.com/", "Ernie", .assistant),
        ("https://l.facebook.com/l.php?u=x", "Facebook", .social), ("https://lm.facebook.com/", "Facebook", .social),
        ("https://out.reddit.com/t3", "Reddit", .social), ("https://t.co/abc", "X", .social),
        ("https://twitter.com/", "X", .social), ("https://news.ycombinator.com/item", "Hacker News", .social),
        ("https://hachyderm.io/@a", "Mastodon", .social), ("https://www.pinterest.com.au/", "Pinterest", .social),
        ("https://de.pinterest.com/", "Pinterest", .social), ("android-app://com.Slack/", "Slack", .social),
        ("https://statics.teams.cdn.office.net/", "Teams", .social),
        ("android-app://org.telegram.messenger/", "Telegram", .social),
        ("https://m.youtube.com/", "YouTube", .video), ("https://youtu.be/x", "YouTube", .video),
        ("https://www.twitch.tv/", "Twitch", .video),
        ("https://mail.google.com/", "Gmail", .mail), ("android-app://com.google.android.gm/", "Gmail", .mail),
        ("https://mail.yandex.ru/", "Yandex Mail", .mail), ("https://outlook.live.com/", "Outlook", .mail),
        ("https://www.amazon.co.jp/", "Amazon", .shopping), ("https://smile.amazon.com/", "Amazon", .shopping),
        ("https://www.ebay.co.uk/", "eBay", .shopping), ("https://www.etsy.com/", "Etsy", .shopping),
    ])
    func knowsASource(referrer: String, name: String, kind: SourceKind) {
        #expect(Referrer(parsing: referrer)?.source == TrafficSource(name: name, kind: kind))
    }

    @Test(arguments: [
        "https://docs.google.com/d/1", "https://news.google.com/", "https://www.google.com.evil.example/",
        "https://notgoogle.com/", "https://google.com.evil.example/", "https://google.evil.example/",
        "https://google.example/", "https://google.co.com/", "https://google/", "https://com/", "https://co.uk/",
        "https://google.com.b4/", "https://finance.yahoo.com/", "https://yahoo.com/",
        "https://mail.google.com.evil.example/",
        "https://x.com.example/", "https://ex.com/", "https://at.co/", "https://bt.me/", "https://192.0.2.1/",
        "https://[2001:db8::1]/", "android-app://google.com/", "android-app://com.slack.other/", "https://com.slack/",
        "https://.google.com/", "https://a.b.c.d.e.f.example/",
    ])
    func knowsNoOther(referrer: String) {
        #expect(Referrer(parsing: referrer)?.source == nil)
    }

    @Test func hasSourcesOfNoKind() {
        #expect(Referrer(parsing: "https://docs.aws.amazon.com/")?.source?.kind == nil)
        #expect(Referrer(parsing: "https://docs.aws.amazon.com/")?.source?.name == "Amazon Web Services")
    }

    @Test(arguments: [
        ("chatgpt.com", "ChatGPT"), ("fb", "Facebook"), ("IG", "Instagram"), ("Twitter", "X"), ("adwords", "Google"),
        ("Google_Ads", "Google"), ("google ads", "Google"), ("hacker-news", "Hacker News"),
        ("Hacker News", "Hacker News"),
        ("www.Reddit.com", "Reddit"), ("m.facebook.com", "Facebook"), ("Google", "Google"), ("yahoo!", "Yahoo!"),
        ("docs.google.com", "docs.google.com"), ("News letter", "News letter"), ("example.com", "example.com"),
        ("FB ", "Facebook"), ("https://fb.me", "https://fb.me"), ("é", "é"), (".", "."), ("-", "-"),
    ])
    func namesTheSourceOfALink(written: String, name: String) throws {
        #expect(try attribution(url: "/?utm_source=\(written)").origin?.source == name)
    }

    /// Each line of the table is read, and each of its hosts and names leads to its source.
    @Test func findsEverythingInTheTable() throws {
        var kinds: [String: SourceKind] = [:]
        for line in SourceTable.text.split(separator: "\n") {
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            try #require(columns.count == 4)
            let name = String(columns[1])
            let kind = SourceKind(rawValue: String(columns[0]))
            #expect(kind != nil || columns[0].isEmpty)
            #expect(kinds[name] == nil || kinds[name] == kind)
            kinds[name] = kind
            let source = TrafficSource(name: name, kind: kind)
            for entry in columns[2].split(separator: " ") {
                let host = entry.drop { $0 == "=" || $0 == "@" }
                let scheme = entry.hasPrefix("@") ? "android-app" : "https"
                for end in host.hasSuffix(".*") ? [".com", ".de", ".co.uk", ".com.br"] : [""] {
                    let text = "\(scheme)://\(host.hasSuffix(".*") ? host.dropLast(2) : host)\(end)/"
                    #expect(Referrer(parsing: text)?.source == source, "\(text)")
                    let below = Referrer(parsing: text.replacing("://", with: "://below."))?.source
                    #expect((below == source) == (entry == host), "\(text)")
                }
            }
            for alias in columns[3].split(separator: " ") {
                let written = alias.hasSuffix("$") ? alias.dropLast() : alias
                #expect(try attribution(url: "/?ref=\(written)").origin?.source == name)
            }
        }
        #expect(kinds.count > 150)
    }

    /// Hosts of random labels lead to the same as a plain search through the whole table.
    @Test(arguments: 0..<4)
    func agreesWithAPlainSearch(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let labels = [
            "google", "m", "www", "com", "co", "yandex", "mail", "amazon", "aws", "x", "t", "search", "yahoo", "gemini",
            "baidu", "yiyan", "docs",
        ]
        let entries = Self.entries
        var known = 0
        for _ in 0..<500 {
            let count = Int.random(in: 0...4, using: &random)
            let ends = ["com", "uk", "br", "co.uk", "com.br", "de", "example", "ru"]
            let host =
                (0..<count).map { _ in labels.randomElement(using: &random) ?? "" }
                + [ends.randomElement(using: &random) ?? ""]
            guard let referrer = Referrer(parsing: "https://\(host.joined(separator: "."))/") else { continue }
            let expected = plainSource(referrer.name, entries)
            #expect(referrer.source?.name == expected, "\(host)")
            if expected != nil { known += 1 }
        }
        #expect(known > 30)
    }

    /// The hosts of the table with the names of their sources.
    private static var entries: [(host: Substring, name: Substring)] {
        SourceTable.text.split(separator: "\n").flatMap { line in
            let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            return columns[2].split(separator: " ").filter { !$0.hasPrefix("@") }.map { ($0, columns[1]) }
        }
    }

    /// The name of the entry with the most labels that a host ends with.
    private func plainSource(_ host: String, _ entries: [(host: Substring, name: Substring)]) -> String? {
        let labels = host.split(separator: ".")
        var best: (labels: Int, name: Substring)?
        for (entry, name) in entries {
            let written = entry.hasPrefix("=") ? entry.dropFirst() : entry
            for end in ends(of: labels) where written.hasSuffix(".*") != end.isEmpty {
                let pattern = written.split(separator: ".").filter { $0 != "*" } + end
                let isAlone = entry != written
                guard labels.suffix(pattern.count) == pattern[...], !isAlone || pattern.count == labels.count else {
                    continue
                }
                if pattern.count > best?.labels ?? 0 { best = (pattern.count, name) }
            }
        }
        return best.map { String($0.name) }
    }

    /// No labels, and those that are a top-level domain.
    private func ends(of labels: [Substring]) -> [[Substring]] {
        guard labels.count > 1, let top = labels.last, (2...3).contains(top.count) else { return [[]] }
        let second = labels[labels.count - 2]
        let isTwo = top.count == 2 && (second == "co" || second == "com") && labels.count > 2
        return [[], isTwo ? [second, top] : [top]]
    }

    private func attribution(url: String) throws -> Attribution {
        Attribution(url: PageURL(parsing: url), referrer: nil, of: try .sample())
    }
}
