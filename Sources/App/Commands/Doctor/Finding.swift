import HTTP

/// A result of the examination of an installation.
struct Finding: Equatable {
    enum State: String, Comparable {
        case ok, note, warning, failure

        static func < (first: State, second: State) -> Bool { first.rank < second.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .note: 1
            case .warning: 2
            case .failure: 3
            }
        }
    }

    /// The thing that was examined, in a word or two.
    let subject: String
    let state: State
    /// The fact.
    let detail: String
    /// The remedy; nil if none is needed.
    let advice: String?

    private init(_ subject: String, _ state: State, _ detail: String, _ advice: String?) {
        self.subject = subject
        self.state = state
        self.detail = detail
        self.advice = advice
    }

    static func ok(_ subject: String, _ detail: String) -> Finding { Finding(subject, .ok, detail, nil) }

    static func note(_ subject: String, _ detail: String, _ advice: String? = nil) -> Finding {
        Finding(subject, .note, detail, advice)
    }

    static func warning(_ subject: String, _ detail: String, _ advice: String) -> Finding {
        Finding(subject, .warning, detail, advice)
    }

    static func failure(_ subject: String, _ detail: String, _ advice: String? = nil) -> Finding {
        Finding(subject, .failure, detail, advice)
    }

    /// The finding as a line of JSON.
    var json: JSON {
        .object([
            "subject": .text(subject), "state": .text(state.rawValue), "detail": .text(detail),
            "advice": advice.map(JSON.text),
        ])
    }

    /// The finding in a line or two for people.
    var text: String {
        let mark = state.rawValue + String(repeating: " ", count: max(0, 8 - state.rawValue.count))
        let name = subject + String(repeating: " ", count: max(0, 12 - subject.count))
        return "\(mark) \(name) \(detail)" + (advice.map { "\n\(String(repeating: " ", count: 22))→ \($0)" } ?? "")
    }
}
