/// The text form of a setting's value: the accepted texts, and how a value is read from one and printed.
struct SettingFormat<Value: Sendable>: Sendable {
    /// The accepted values, for the documentation; empty where any text is accepted.
    let values: String
    /// True if the value must not be printed.
    let isSecret: Bool
    /// Reads a value.
    let read: @Sendable (String) throws(Setting.Refusal) -> Value
    /// Prints a value as one would write it; empty for none.
    let print: @Sendable (Value) -> String
    /// Replaces what is secret, or looks like it, in a text that is to be printed.
    let mask: @Sendable (String) -> String

    /// A form in which every text that is not one of the values is refused.
    ///
    /// - Parameters:
    ///   - kind: Stands before the values in a refusal, with a blank at its end.
    ///   - values: The accepted values.
    ///   - read: Reads a value; returns nil for any other text.
    ///   - print: Prints a value.
    init(
        kind: String = "",
        values: String,
        read: @escaping @Sendable (String) -> Value?,
        print: @escaping @Sendable (Value) -> String
    ) {
        self.values = values
        self.isSecret = false
        self.read = { text throws(Setting.Refusal) in
            guard let value = read(text) else { throw Setting.Refusal(problem: "is not \(kind)\(values)") }
            return value
        }
        self.print = print
        self.mask = Secrecy.masked
    }

    /// A form whose refusals say more than the accepted values.
    init(
        values: String,
        refusing read: @escaping @Sendable (String) throws(Setting.Refusal) -> Value,
        print: @escaping @Sendable (Value) -> String
    ) {
        self.values = values
        self.isSecret = false
        self.read = read
        self.print = print
        self.mask = Secrecy.masked
    }

    /// A form in which any text is a value.
    init(read: @escaping @Sendable (String) -> Value, print: @escaping @Sendable (Value) -> String) {
        self.init(values: "", read: { text -> Value? in read(text) }, print: print)
    }

    /// The form of a secret, whose default is none.
    init(
        secret read: @escaping @Sendable (String) throws(Setting.Refusal) -> Value,
        mask: @escaping @Sendable (String) -> String
    ) {
        self.values = ""
        self.isSecret = true
        self.read = read
        self.print = { _ in "" }
        self.mask = mask
    }

    /// A whole number within a range, which stands for a value.
    init(
        range: ClosedRange<Int>,
        read: @escaping @Sendable (Int) -> Value,
        print: @escaping @Sendable (Value) -> String
    ) {
        self.init(
            kind: "a whole number from ",
            values: "\(range.lowerBound) to \(range.upperBound)",
            read: { text in Int(text).flatMap { range.contains($0) ? read($0) : nil } },
            print: print
        )
    }

    /// One of a few words, each of which stands for a value.
    init(kind: String = "", words: [(text: String, value: Value)]) where Value: Equatable {
        let list = words.map(\.text)
        let last = list.last.map { list.count > 1 ? " or \($0)" : $0 } ?? ""
        self.init(
            kind: kind,
            values: list.dropLast().joined(separator: ", ") + last,
            read: { text in words.first { $0.text == text }?.value },
            print: { value in words.first { $0.value == value }?.text ?? "" }
        )
    }
}
