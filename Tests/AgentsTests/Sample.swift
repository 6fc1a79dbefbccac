import Foundation
import Testing

@testable import Agents

/// The rules that `.ci/fetch-agents` has fetched; nil if there are none with bots.
let fetched: AgentRules? = {
    let path = root.appending(path: ".build/agents.json").path
    // Without the file, or with one that cannot be read, the tests that need it are skipped.
    guard let rules = try? AgentRules(reading: path), rules.sources.count == 3 else { return nil }
    return rules
}()

/// A line of a file in `Samples`: what is expected, and the agent.
struct Sample: CustomTestStringConvertible {
    let expected: String
    let agent: String

    var testDescription: String {
        "\(expected) | \(agent)"
    }

    /// The samples of a file, without the comment in its first line.
    static func all(in file: String) -> [Sample] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/\(file).txt")
        // An empty list fails the test that counts the samples.
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().compactMap { line in
            guard let range = line.firstRange(of: " | ") else { return nil }
            return Sample(expected: String(line[..<range.lowerBound]), agent: String(line[range.upperBound...]))
        }
    }
}

private let root = URL(filePath: #filePath).appending(path: "../../..").standardized

extension Trait where Self == ConditionTrait {
    /// Skips a test without the rules from PyPI.
    static var needsFetchedRules: Self {
        .enabled(if: fetched != nil, "there is no .build/agents.json with bots: run .ci/fetch-agents")
    }
}

extension AgentFacts {
    /// The facts as in `Samples/known.txt`.
    var text: String {
        if let bot { return "bot · \(bot.name ?? "–") · \(bot.kind ?? "–")" }
        return [browser, browserVersion, os, osVersion, device?.rawValue].map { $0 ?? "–" }.joined(separator: " · ")
    }
}
