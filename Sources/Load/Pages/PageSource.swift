/// Draws the hits of one site, the same ones for the same seed.
///
/// Several visits are open at a time, and their hits are mixed. If the number of hits is known in advance, visits start
/// later and later in the range; otherwise they start anywhere. All hits of a visit lie in the range.
///
/// Two things bring hits out of order: late visits start anywhere before their turn, and late hits are held back until
/// some hundred others are sent. Repetitions are held back in the same way.
struct PageSource: Sendable {
    /// The progress of a run whose number of hits is known.
    struct Turn {
        let count: Int
        let total: Int
    }

    private struct Visit {
        var hits: [PageHit] = []
        var sent = 0
    }

    /// The mean number of hits that come before one that is held back, which is also the most that are held back.
    private static let delay = 512

    private let source: VisitSource
    private var random: SplitMix
    /// The length of the range, in milliseconds.
    private let length: Int
    /// Earlier hits name the device in place of the address; in milliseconds since the start of the range.
    private let addressesFrom: UInt32
    private let late: Double
    private let repeats: Double
    private var visits: [Visit]
    private var held: [PageHit] = []
    private var count: UInt64 = 0

    /// - Parameters:
    ///   - source: The source of the visits.
    ///   - plan: The plan of the run.
    ///   - seed: The seed of the site's random numbers.
    ///   - visits: The number of visits that are open at a time.
    init(_ source: VisitSource, _ plan: Plan, seed: UInt64, visits: Int) {
        self.source = source
        random = SplitMix(seed: seed)
        length = plan.last * 1_000
        addressesFrom = UInt32(clamping: plan.addressesFrom * 1_000)
        late = plan.options.late
        repeats = plan.options.repeats
        self.visits = Array(repeating: Visit(), count: visits)
    }

    /// Draws the next hit.
    ///
    /// - Parameter turn: The progress of the run; nil if the number of hits is unknown.
    /// - Returns: The hit.
    mutating func next(_ turn: Turn?) -> PageHit {
        while true {
            if !held.isEmpty, random.draw(below: Self.delay) < held.count {
                held.swapAt(random.draw(below: held.count), held.count - 1)
                return held.removeLast()
            }
            let hit = nextInOrder(turn)
            // Twice held back and never sent before is possible, and as good.
            if hit.isSentTwice { held.append(hit) }
            guard random.chance(late) else { return hit }
            held.append(hit)
        }
    }

    /// Takes the next hit of an open visit; opens one in its place if it is over.
    private mutating func nextInOrder(_ turn: Turn?) -> PageHit {
        let index = random.draw(below: visits.count)
        if visits[index].sent == visits[index].hits.count { open(index, turn) }
        var hit = visits[index].hits[visits[index].sent]
        visits[index].sent += 1
        hit.number = count
        count += 1
        hit.isSentTwice = random.chance(repeats)
        return hit
    }

    private mutating func open(_ index: Int, _ turn: Turn?) {
        visits[index].sent = 0
        visits[index].hits.removeAll(keepingCapacity: true)
        source.draw(into: &visits[index].hits, &random)
        let duration = visits[index].hits.last.map { Int($0.time) } ?? 0
        let start = UInt32(start(before: length - duration, turn))
        for hit in visits[index].hits.indices { visits[index].hits[hit].move(by: start, addressesFrom: addressesFrom) }
    }

    /// Draws the start of a visit from the milliseconds up to a limit.
    private mutating func start(before limit: Int, _ turn: Turn?) -> Int {
        guard let turn else { return random.draw(below: limit + 1) }
        // In seconds first, since the product with milliseconds could overflow.
        let second = turn.count < turn.total ? limit / 1_000 * turn.count / turn.total : limit / 1_000
        let now = min(limit, second * 1_000 + random.draw(below: 1_000))
        return random.chance(late) ? random.draw(below: now + 1) : now
    }
}

extension PageHit {
    fileprivate mutating func move(by start: UInt32, addressesFrom: UInt32) {
        time += start
        if naming == .address, time < addressesFrom { naming = .device }
    }
}
