import Analytics

extension NewAccount {
    /// A reason that an account cannot be made.
    package struct Fault: Sendable, Equatable {
        /// The field of the form.
        package let field: String
        /// The reason, for whoever filled it.
        package let text: String
    }

    /// The reasons that the account cannot be made; empty for one that can.
    package var faults: [Fault] {
        [
            Self.fault(ofEmail: email).map { Fault(field: "email", text: $0) },
            Self.fault(ofDisplayName: displayName).map { Fault(field: "display_name", text: $0) },
            PasswordRule.fault(of: password, name: name.text).map { Fault(field: "password", text: $0) },
        ].compactMap(\.self)
    }

    /// The reason that a text is no e-mail address; nil for one, and for none.
    package static func fault(ofEmail text: String) -> String? {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { $0 > " " && $0 != "\u{7F}" }
        return isAddress ? nil : "not an e-mail address"
    }

    /// The reason that a text is no name for people; nil for one, and for none.
    package static func fault(ofDisplayName text: String) -> String? {
        let isName = text.count <= 100 && text.unicodeScalars.allSatisfy { $0 >= " " && $0 != "\u{7F}" }
        return isName ? nil : "up to 100 characters, without control characters"
    }
}
