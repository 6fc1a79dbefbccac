import Foundation
import Synchronization
import SystemPackage

/// The record of issued and acknowledged events.
///
/// The acknowledged ones are written to a file, each after its answer has been read.
final class Ledger: Sendable {
    let seed: UInt64
    /// The time of the latest event, in seconds since 1970.
    let base = Int(Date.now.timeIntervalSince1970)
    let path: FilePath
    private let file: FileDescriptor
    private let state = Mutex(State())

    private struct State {
        /// The index of the site of each issued event.
        var sites: [UInt8] = []
        var issues = 0
        var figures = Figures()
        var lastAnswer = ContinuousClock.now
    }

    /// The results as seen by the clients.
    struct Figures {
        var acknowledged = 0
        /// Events answered with 503.
        var refused = 0
        /// Events without an answer, because the connection broke.
        var broken = 0
        /// The longest time without an acknowledgement.
        var longestGap: Duration = .zero
        /// Unexpected answers and their numbers.
        var unexpected: [String: Int] = [:]
    }

    init(seed: UInt64, path: FilePath) throws {
        self.seed = seed
        self.path = path
        file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .append],
            permissions: [.ownerReadWrite]
        )
    }

    deinit {
        // All acknowledged numbers have been written by then.
        try? file.close()
    }

    var issued: Int { state.withLock { $0.sites.count } }
    var figures: Figures { state.withLock { $0.figures } }

    /// Issues the next numbers, from 1 on, for events of one site to be sent together; the sites take turns.
    func issue(_ count: Int) -> Range<Int> {
        state.withLock { state in
            let first = state.sites.count + 1
            let site = UInt8(state.issues % LedgerSite.all.count)
            state.issues += 1
            state.sites.append(contentsOf: repeatElement(site, count: count))
            return first..<first + count
        }
    }

    /// The site of a number; the first one if the number has not been issued.
    func site(of number: Int) -> LedgerSite {
        let index = state.withLock { state in
            state.sites.indices.contains(number - 1) ? state.sites[number - 1] : 0
        }
        return LedgerSite.all[Int(index)]
    }

    /// Notes events answered with 2xx.
    func acknowledge(_ numbers: Range<Int>) throws {
        let lines = numbers.map { "\($0)\n" }.joined()
        try state.withLock { state in
            _ = try file.writeAll(lines.utf8)
            state.figures.acknowledged += numbers.count
            let now = ContinuousClock.now
            state.figures.longestGap = max(state.figures.longestGap, state.lastAnswer.duration(to: now))
            state.lastAnswer = now
        }
    }

    /// Notes events answered with 503.
    func refuse(_ numbers: Range<Int>) {
        state.withLock { $0.figures.refused += numbers.count }
    }

    /// Notes events whose connection broke before their answer.
    func lose(_ numbers: Range<Int>) {
        state.withLock { $0.figures.broken += numbers.count }
    }

    /// Notes an unexpected answer.
    func noteUnexpected(_ answer: String) {
        state.withLock { $0.figures.unexpected[answer, default: 0] += 1 }
    }

    /// The acknowledged numbers in the file.
    func acknowledged() throws -> Set<Int> {
        let text = try String(contentsOfFile: path.string, encoding: .utf8)
        return Set(text.split(separator: "\n").compactMap { Int($0) })
    }
}
