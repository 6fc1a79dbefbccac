/// A test of the visits of a part, before they are put beside others of their visitors: what few visits pass then costs
/// little more than the reading of the columns that it asks for.
///
/// A visit that comes through need not pass: hits are not told apart by time, and tests of different hits are not either.
struct VisitSieve {
    private let condition: Condition
    /// True if all visits that come through pass.
    let isExact: Bool

    /// - Parameter conditions: The conditions of queries, one of which a visit has to pass; nil for nothing.
    init?(_ conditions: [Condition?]) {
        let given = conditions.compactMap(\.self)
        guard let first = given.first, given.count == conditions.count else { return nil }
        condition = given.count == 1 ? first : .any(given)
        guard condition.sifts else { return nil }
        isExact = given.count == 1 && condition.isSifted
    }

    /// The runs that come through.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - part: Their part.
    ///   - number: The number of the part.
    /// - Returns: True for them, in order.
    func flags(of runs: Range<Int>, in part: Part, _ number: Int) -> [Bool] {
        runs.isEmpty ? [] : condition.sift(runs, of: part, number)
    }
}

extension Condition {
    /// True if it is not met by all runs as far as a sieve sees.
    fileprivate var sifts: Bool {
        switch self {
        case .table(.column, _, _): true
        case .all(let conditions): conditions.contains(where: \.sifts)
        case .any(let conditions): conditions.allSatisfy(\.sifts)
        case .done(let condition): condition.sifts
        case .table, .not, .goals: false
        }
    }

    /// True if a sieve sees all of it.
    fileprivate var isSifted: Bool {
        switch self {
        case .table(.column, let scope, _): scope == .visit
        case .all(let conditions), .any(let conditions): conditions.allSatisfy(\.isSifted)
        case .table, .not, .done, .goals: false
        }
    }

    /// The runs that have a hit that may meet the condition.
    fileprivate func sift(_ runs: Range<Int>, of part: Part, _ number: Int) -> [Bool] {
        switch self {
        case .table(.column(let column), let scope, let passes):
            switch part[column].places {
            case .bytes(let codes): part.passing(runs, codes, scope, passes[number])
            case .shorts(let codes): part.passing(runs, codes, scope, passes[number])
            case .words(let codes): part.passing(runs, codes, scope, passes[number])
            }
        case .all(let conditions):
            conditions.filter(\.sifts).reduce(Array(repeating: true, count: runs.count)) { flags, condition in
                zip(flags, condition.sift(runs, of: part, number)).map { $0 && $1 }
            }
        case .any(let conditions):
            conditions.reduce(Array(repeating: false, count: runs.count)) { flags, condition in
                zip(flags, condition.sift(runs, of: part, number)).map { $0 || $1 }
            }
        case .done(let condition): condition.sift(runs, of: part, number)
        case .table, .not, .goals: Array(repeating: true, count: runs.count)
        }
    }
}

extension Part {
    /// The runs that have a hit with an entry that passes.
    fileprivate func passing<Code: UnsignedInteger & FixedWidthInteger>(
        _ runs: Range<Int>,
        _ codes: [Code],
        _ scope: AttributeValues.Scope,
        _ passes: [Bool]
    ) -> [Bool] {
        switch scope {
        case .visit:
            let (codes, passes) = (codes.span, passes.span)
            return runs.map { passes[Int(codes[$0])] }
        case .hit: return passing(anyOf: runs, codes, passes)
        case .entry: return passing(self.runs.entries, of: runs, codes, passes)
        case .exit: return passing(self.runs.exits, of: runs, codes, passes)
        }
    }

    private func passing<Code: UnsignedInteger & FixedWidthInteger>(
        anyOf runs: Range<Int>,
        _ codes: [Code],
        _ passes: [Bool]
    ) -> [Bool] {
        let (firsts, codes, passes) = (self.runs.firsts.span, codes.span, passes.span)
        let (first, end) = (hits(of: runs.lowerBound).lowerBound, hits(of: runs.upperBound - 1).upperBound)
        // Sums instead of a loop over the few hits of each run, which would be foretold badly.
        var sums: [UInt32] = [0]
        sums.reserveCapacity(end - first + 1)
        var passed: UInt32 = 0
        for hit in first..<end {
            passed &+= passes[Int(codes[hit])] ? 1 : 0
            sums.append(passed)
        }
        passed = 0
        return runs.map { run in
            let next = sums[(run + 1 < runs.upperBound ? Int(firsts[run + 1]) : end) - first]
            defer { passed = next }
            return next != passed
        }
    }

    /// The runs that have an entry that passes at a page view, whose place is counted from the first hit; -1 for none.
    private func passing<Code: UnsignedInteger & FixedWidthInteger>(
        _ pages: [Int32],
        of runs: Range<Int>,
        _ codes: [Code],
        _ passes: [Bool]
    ) -> [Bool] {
        let (firsts, pages, codes, passes) = (self.runs.firsts.span, pages.span, codes.span, passes.span)
        return runs.map { run in
            // The first entry of a dictionary is no value.
            pages[run] < 0 ? passes[0] : passes[Int(codes[Int(firsts[run]) + Int(pages[run])])]
        }
    }
}
