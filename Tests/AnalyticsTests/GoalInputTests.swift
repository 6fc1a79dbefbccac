import Analytics
import Testing

/// The descriptions of goals, and the names that follow from them.
struct GoalInputTests {
    private func input(
        event: String? = nil,
        page: String? = nil,
        scroll: Int? = nil,
        display: String? = nil,
        properties: [String: String] = [:],
        currency: String? = nil
    ) -> Result<GoalInput, GoalInput.Invalid> {
        Result { () throws(GoalInput.Invalid) in
            try GoalInput(
                event: event,
                page: page,
                scroll: scroll,
                display: display,
                properties: properties,
                currency: currency
            )
        }
    }

    private func field(_ result: Result<GoalInput, GoalInput.Invalid>) -> GoalInput.Field? {
        if case .failure(let invalid) = result { invalid.field } else { nil }
    }

    @Test func areNamedByTheirOwnersOrByWhatReachesThem() throws {
        #expect(try input(event: "Signup").get().name == "Signup")
        #expect(try input(page: "/blog/**").get().name == "Visit /blog/**")
        #expect(try input(page: "/blog/*", scroll: 50).get().name == "Scroll 50% of /blog/*")
        let named = try input(page: "/a", display: "Any", properties: ["plan": "pro"], currency: "EUR").get()
        #expect(named.name == "Any")
        let goal = named.goal(GoalID(rawValue: 7))
        #expect(goal == Goal(id: goal.id, .page("/a"), display: "Any", properties: ["plan": "pro"], currency: "EUR"))
        #expect(goal.name == "Any")
    }

    @Test func areRefusedWithThePartThatIsWrong() {
        let long = String(repeating: "é", count: 121)
        #expect(field(input()) == .event)
        for event in ["", long, "a\n", "engagement"] { #expect(field(input(event: event)) == .event, "\(event)") }
        #expect(field(input(event: "a", page: "/a")) == .page)
        for page in ["", "a", "/\u{7F}", "/" + String(repeating: "a", count: 500)] {
            #expect(field(input(page: page)) == .page, "\(page)")
        }
        #expect(field(input(event: "a", scroll: 50)) == .scroll)
        for depth in [0, 101, -1] { #expect(field(input(page: "/a", scroll: depth)) == .scroll, "\(depth)") }
        for display in ["", long, "a\u{0}"] { #expect(field(input(event: "a", display: display)) == .display) }
        let many = Dictionary(uniqueKeysWithValues: (0...10).map { ("\($0)", "") })
        let longValue = String(repeating: "v", count: 2_001)
        for properties in [many, ["": "a"], ["a": longValue], ["a": "\u{0}"], [String(repeating: "n", count: 301): ""]]
        {
            #expect(field(input(event: "a", properties: properties)) == .properties)
        }
        for currency in ["", "eur", "EURO", "E1R"] {
            #expect(field(input(event: "a", currency: currency)) == .currency)
        }
    }

    @Test func limitsAreTaken() {
        let name = String(repeating: "é", count: 120)
        let value = String(repeating: "v", count: 2_000)
        let path = "/" + String(repeating: "a", count: 499)
        let properties = Dictionary(
            uniqueKeysWithValues: (0..<10).map { ("\($0)", value) }
        )
        for result in [
            input(event: name, display: name, properties: properties), input(page: path, scroll: 1),
            input(page: "/", scroll: 100),
        ] {
            #expect(field(result) == nil)
        }
    }
}
