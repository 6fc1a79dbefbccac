import Analytics

/// Puts elements in their order, and hands on those that a question asks for, some at a time.
struct ListWriter: Sendable {
    private let after: ListCursor?
    /// The elements that may still follow; nil for any number.
    private var rest: Int?
    private var waiting: [ListedRow] = []

    /// The elements that are handed on together.
    private static let chunk = 1_000

    init(_ query: ListQuery) {
        after = query.after
        rest = query.limit
    }

    /// True if no more elements are wanted.
    var isFull: Bool { rest == 0 }

    /// Adds the elements of a time, which is after that of all others.
    ///
    /// - Parameters:
    ///   - elements: The values of all elements of the time, in any order.
    ///   - time: The time.
    ///   - take: What becomes of elements; not called after every addition.
    /// - Throws: The error of `take`.
    mutating func add(
        _ elements: [[ListedRow.Value?]],
        at time: Timestamp,
        _ take: ([ListedRow]) async throws -> Void
    ) async throws {
        try await add(ListedRow.ordered(elements, at: time), take)
    }

    /// Adds elements that come after all others.
    ///
    /// - Parameters:
    ///   - elements: The elements in their order.
    ///   - take: What becomes of elements; not called after every addition.
    /// - Throws: The error of `take`.
    mutating func add(_ elements: [ListedRow], _ take: ([ListedRow]) async throws -> Void) async throws {
        var rows = elements[...]
        if let after { rows = rows.drop { !$0.isBehind(after) } }
        if let rest { rows = rows.prefix(rest) }
        rest = rest.map { $0 - rows.count }
        waiting += rows
        if waiting.count >= Self.chunk { try await finish(take) }
    }

    /// Hands on what waits.
    mutating func finish(_ take: ([ListedRow]) async throws -> Void) async throws {
        guard !waiting.isEmpty else { return }
        let rows = waiting
        waiting = []
        try await take(rows)
    }
}
