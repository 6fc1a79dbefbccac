/// The attempts of a visitor to take steps, hit by hit.
///
/// Of each number of steps the last attempt is kept: it began the latest, so that it can go on for the longest.
struct FunnelAttempts {
    private let steps: Int
    /// The longest attempt, in milliseconds.
    private let longest: Int
    /// A row of times for each number of steps: those of the last attempt that took so many.
    private var times: [Int]
    /// The numbers of steps that attempts have taken, as bits: the lowest one for a single step.
    private var taken: UInt8 = 0
    /// The hits that have still to be counted, which are equal in the order of hits: the steps that they may take.
    private var pending: UInt8 = 0
    private var pendingPlace = HitPlace(part: 0, hit: 0)
    private var pendingTime = 0
    /// The steps of the first attempt with the most of them, and their times in milliseconds since 1970.
    private(set) var reached = 0
    private(set) var best: [Int]

    /// - Parameters:
    ///   - steps: The number of steps, at most 8.
    ///   - longest: The longest attempt, in milliseconds.
    init(steps: Int, longest: Int) {
        (self.steps, self.longest) = (steps, longest)
        times = Array(repeating: 0, count: steps * steps)
        best = Array(repeating: 0, count: steps)
    }

    /// Begins with another visitor.
    mutating func begin() { (taken, pending, reached) = (0, 0, 0) }

    /// Takes the next hit of the visitor.
    ///
    /// - Parameters:
    ///   - mark: The steps that it may take, as bits.
    ///   - place: The hit.
    ///   - time: Its moment, in milliseconds since 1970.
    ///   - timeline: The parts.
    mutating func take(_ mark: UInt8, at place: HitPlace, _ time: Int, _ timeline: Timeline) {
        if pending != 0, pendingTime == time, timeline.areSimultaneous(pendingPlace, place) {
            pending |= mark
            return
        }
        countPending()
        (pending, pendingPlace, pendingTime) = (mark, place, time)
    }

    /// Ends all attempts: later hits begin others.
    mutating func end() {
        countPending()
        taken = 0
    }

    /// Lets the hits go on with attempts of those before them, the longest first.
    private mutating func countPending() {
        guard pending != 0 else { return }
        var step = steps - 1
        while step > 0 {
            let before: UInt8 = 1 << UInt8(step - 1)
            if pending & (before << 1) != 0, taken & before != 0,
                pendingTime - times[(step - 1) * steps] <= longest
            {
                for place in 0..<step { times[step * steps + place] = times[(step - 1) * steps + place] }
                times[step * steps + step] = pendingTime
                note(step)
            }
            step -= 1
        }
        if pending & 1 != 0 {
            times[0] = pendingTime
            note(0)
        }
        pending = 0
    }

    /// Notes that an attempt has taken a step, counted from 0.
    private mutating func note(_ step: Int) {
        taken |= 1 << UInt8(step)
        guard step >= reached else { return }
        reached = step + 1
        for place in 0...step { best[place] = times[step * steps + place] }
    }
}
