import Synchronization

/// The names and kinds of known bots; compiled at the first bot, which takes some 20 ms.
final class CrawlerNames: Sendable {
    private struct Entry: Sendable {
        let pattern: Pattern
        let kinds: String
    }

    private struct Compiled: Sendable {
        var entries: [Entry] = []
        var skipped: [SkippedPattern] = []
    }

    private let crawlers: [RulesDocument.Crawler]
    private let compiled = Mutex<Compiled?>(nil)

    init(_ crawlers: [RulesDocument.Crawler]) {
        self.crawlers = crawlers
    }

    /// The patterns that do not compile, as far as known: none before the first bot.
    var skipped: [SkippedPattern] {
        compiled.withLock { $0?.skipped ?? [] }
    }

    /// The name of a bot, which is the text that a pattern matches, and its kinds; nil if it is not known.
    func find(in agent: Span<UInt8>, with searcher: borrowing Searcher) -> Bot? {
        for entry in entries() {
            guard let whole = searcher.groups(of: entry.pattern, in: agent)?.first ?? nil else { continue }
            let text = String(decoding: whole.map { agent[$0] }, as: UTF8.self)
            return Bot(name: Self.name(in: text), kind: entry.kinds)
        }
        return nil
    }

    private func entries() -> [Entry] {
        compiled.withLock { compiled in
            if let compiled { return compiled.entries }
            var made = Compiled()
            for crawler in crawlers {
                let pattern = made.skipped.compile(crawler.pattern, for: .crawlers)
                let kinds = CleanText.of(crawler.tags.joined(separator: ",")) ?? Bot.otherKind
                if let pattern { made.entries.append(Entry(pattern: pattern, kinds: kinds)) }
            }
            compiled = made
            return made.entries
        }
    }

    /// A matched text without the signs around it, and without the bot's addresses behind a semicolon.
    private static func name(in text: String) -> String? {
        let signs: Set<Character> = ["/", "(", ")", ";", " "]
        let trimmed = text.drop(while: signs.contains).prefix { $0 != ";" }
        let end = trimmed.lastIndex { !signs.contains($0) }
        return end.flatMap { CleanText.of(trimmed[...$0]) }
    }
}
