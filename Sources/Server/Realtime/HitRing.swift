import Analytics
import HTTP
import NIOCore

/// The last hits of a site as messages of streams, numbered from 1 on; a stream has no copy of its own.
struct HitRing: Sendable {
    /// Some hits in a message.
    struct Chunk: Sendable {
        /// The numbers of its hits.
        let hits: ClosedRange<Int>
        let message: ByteBuffer
    }

    /// The most bytes that are kept.
    static let mostBytes = 512 << 10
    /// The most hits in a message.
    static let chunkHits = 50
    /// The bytes after which a message takes no other hit.
    static let chunkBytes = 32 << 10

    /// The name of the numbers, which only this server knows.
    let name: String
    /// The number of the last hit.
    private(set) var end = 0
    private var chunks: [Chunk] = []
    private var bytes = 0

    init(name: String) { self.name = name }

    /// Adds hits, of which those before the given ones are left out.
    mutating func append(arrived: Int, _ hits: [[ListedRow.Value?]]) {
        end += arrived - hits.count
        var texts: [String] = []
        var size = 0
        for (index, hit) in hits.enumerated() {
            let text = ListText.object(ListQuery.Kind.events.columns, hit).description
            texts.append(text)
            size += text.utf8.count
            guard index == hits.count - 1 || texts.count == Self.chunkHits || size >= Self.chunkBytes else { continue }
            append(texts)
            (texts, size) = ([], 0)
        }
    }

    private mutating func append(_ hits: [String]) {
        let first = end + 1
        end += hits.count
        let event = ServerSentEvent(
            name: .hits,
            id: id(end),
            data: .object(["hits": .array(hits.map { .raw($0) })])
        )
        let message = ByteBuffer(string: event.text)
        chunks.append(Chunk(hits: first...end, message: message))
        bytes += message.readableBytes
        var surplus = 0
        while bytes > Self.mostBytes, surplus < chunks.count - 1 {
            bytes -= chunks[surplus].message.readableBytes
            surplus += 1
        }
        chunks.removeFirst(surplus)
    }

    // MARK: Places

    /// The text for the place behind a hit.
    func id(_ number: Int) -> String { "\(name)-\(number)" }

    /// The number of the hit before a place; nil if it is no place of this server's.
    func number(_ id: String) -> Int? {
        guard let dash = id.lastIndex(of: "-"), id[..<dash] == name, let number = Int(id[id.index(after: dash)...]),
            (0...end).contains(number)
        else { return nil }
        return number
    }

    /// The place before the last hits, but not before more than a number of them.
    func place(beforeLast most: Int) -> Int {
        var place = end
        for chunk in chunks.reversed() {
            guard chunk.hits.upperBound == place, end - chunk.hits.lowerBound < most else { break }
            place = chunk.hits.lowerBound - 1
        }
        return place
    }

    /// What follows a place.
    enum Next {
        case chunk(Chunk)
        /// Hits are left out, up to a number.
        case gap(upTo: Int)
    }

    /// What follows the hit of a number; nil after the last.
    func next(after number: Int) -> Next? {
        guard number < end else { return nil }
        // The last chunks are those that streams ask for.
        let index = chunks.lastIndex { $0.hits.lowerBound <= number + 1 } ?? -1
        if index >= 0, chunks[index].hits.upperBound > number { return .chunk(chunks[index]) }
        return .gap(upTo: index + 1 < chunks.count ? chunks[index + 1].hits.lowerBound - 1 : end)
    }
}
