/// The runs of all parts, visitor by visitor: those of one visitor in order of time.
struct VisitorMerge {
    /// The runs of a visitor in a part.
    struct Piece {
        let part: Int
        let runs: Range<Int>
    }

    private let parts: [Part]
    private let ends: [Int]
    private var nexts: [Int]
    /// The parts that have runs left, as a heap: the one with the first visitor is at the root.
    private var heap: [(visitor: UInt64, part: Int)] = []

    /// - Parameters:
    ///   - parts: The parts in order of their days.
    ///   - visitors: The visitors that are wanted.
    init(_ parts: [Part], _ visitors: ClosedRange<UInt64>) {
        self.parts = parts
        nexts = parts.map { $0.runs.place(of: visitors.lowerBound) }
        ends = parts.map { visitors.upperBound == .max ? $0.runs.count : $0.runs.place(of: visitors.upperBound + 1) }
        for part in parts.indices where nexts[part] < ends[part] { push(part) }
    }

    /// Takes the next visitor.
    ///
    /// - Parameter pieces: Is filled with the runs of the visitor.
    /// - Returns: The visitor; nil at the end.
    mutating func next(_ pieces: inout [Piece]) -> UInt64? {
        pieces.removeAll(keepingCapacity: true)
        guard let visitor = heap.first?.visitor else { return nil }
        while let top = heap.first, top.visitor == visitor {
            let start = nexts[top.part]
            var end = start + 1
            while end < ends[top.part], parts[top.part].runs.visitors[end] == visitor { end += 1 }
            nexts[top.part] = end
            pieces.append(Piece(part: top.part, runs: start..<end))
            replaceRoot()
        }
        return visitor
    }

    private func precedes(_ one: (visitor: UInt64, part: Int), _ other: (visitor: UInt64, part: Int)) -> Bool {
        one.visitor != other.visitor ? one.visitor < other.visitor : one.part < other.part
    }

    private mutating func push(_ part: Int) {
        heap.append((parts[part].runs.visitors[nexts[part]], part))
        var child = heap.count - 1
        while child > 0, precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Puts the next visitor of the part at the root there, or takes the part out.
    private mutating func replaceRoot() {
        let part = heap[0].part
        if nexts[part] < ends[part] {
            heap[0].visitor = parts[part].runs.visitors[nexts[part]]
        } else {
            let last = heap.removeLast()
            guard !heap.isEmpty else { return }
            heap[0] = last
        }
        var parent = 0
        while true {
            var least = parent
            for child in (2 * parent + 1)..<min(2 * parent + 3, max(heap.count, 2 * parent + 1))
            where precedes(heap[child], heap[least]) { least = child }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
