import Foundation
import Synchronization
import SystemPackage

/// Which events were issued, and which of them were acknowledged.
///
/// The acknowledged ones stand in a file, to which each is added after its answer has been read.
final class Ledger: Sendable {
    let seed: UInt64
    /// The time of the latest event, in seconds since 1970.
    let base = Int(Date.now.timeIntervalSince1970)
    let path: FilePath
    private let file: FileDescriptor
    private let state = Mutex(State())

    private struct State {
        var issued = 0
        var figures = Figures()
        var lastAnswer = ContinuousClock.now
    }

    /// What the clients saw.
    struct Figures {
        var acknowledged = 0
        /// Answered 503.
        var refused = 0
        /// Not answered, because the connection broke.
        var broken = 0
        /// The longest time in which nothing was acknowledged.
        var longestGap: Duration = .zero
        /// Answers that should not be, and how often they came.
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
        // What counts has been written.
        try? file.close()
    }

    var issued: Int { state.withLock { $0.issued } }
    var figures: Figures { state.withLock { $0.figures } }

    /// Notes that these will be sent; the numbers begin with 1.
    func issue(_ count: Int) -> Range<Int> {
        state.withLock { state in
            let first = state.issued + 1
            state.issued += count
            return first..<first + count
        }
    }

    /// Notes that these were answered 2xx.
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

    /// Notes that these were answered 503.
    func refuse(_ numbers: Range<Int>) {
        state.withLock { $0.figures.refused += numbers.count }
    }

    /// Notes that the connection broke before these were answered.
    func lose(_ numbers: Range<Int>) {
        state.withLock { $0.figures.broken += numbers.count }
    }

    /// Notes an answer that should not be.
    func wonder(at answer: String) {
        state.withLock { $0.figures.unexpected[answer, default: 0] += 1 }
    }

    /// The numbers in the file.
    func acknowledged() throws -> Set<Int> {
        let text = try String(contentsOfFile: path.string, encoding: .utf8)
        return Set(text.split(separator: "\n").compactMap { Int($0) })
    }
}
