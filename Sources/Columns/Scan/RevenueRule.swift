import Analytics

/// The hits whose values are the revenue of goals.
struct RevenueRule: Sendable {
    enum Effect {
        case counts
        case isOfOtherCurrency
        case none
    }

    /// The one currency of the goals that the query asks for; nil if they have none, or several.
    let currency: String?
    /// The currency of each goal; nil for a goal without revenue.
    private let codes: [UInt32?]
    private let goals: [GoalTable]
    /// True if rows are of one goal each.
    private let isByGoal: Bool

    init(_ query: Query, _ all: [GoalTable], _ currencies: [String?]) {
        let asked = query.goalsOfFilters.map { Set($0.map(\.id)) }
        goals = all.filter { asked?.contains($0.goal.id) ?? true }
        isByGoal = query.dimensions.contains(.goal)
        let table = isByGoal ? all : goals
        codes = table.map { goal in
            goal.goal.currency.map { currency in currencies.firstIndex(of: currency).map(UInt32.init) ?? .max }
        }
        currency = query.revenueCurrency
    }

    /// The effect of the value of a hit on the revenue of its group.
    ///
    /// - Parameters:
    ///   - place: The hit.
    ///   - currency: The code of its currency.
    ///   - goal: The place of the goal whose group it is.
    ///   - parts: The parts.
    /// - Returns: The effect.
    func effect(of place: HitPlace, in currency: UInt32, _ goal: Int?, _ parts: [Part]) -> Effect {
        if let goal { return codes[goal].map { $0 == currency ? .counts : .isOfOtherCurrency } ?? .none }
        guard self.currency != nil else { return .none }
        let reached = goals.indices.filter { codes[$0] != nil && goals[$0].isReached(by: place, parts) }
        guard !reached.isEmpty else { return .none }
        return reached.contains { codes[$0] == currency } ? .counts : .isOfOtherCurrency
    }

    /// The currency of the revenue of a group.
    ///
    /// - Parameter goal: The place of its goal; nil without one.
    /// - Returns: The currency.
    func currency(of goal: Goal?) -> String? { isByGoal ? goal?.currency : currency }
}
