/// The masking of passwords in texts that should have none.
package enum Secrecy {
    /// The text as it may be printed: `***` if it looks like a connection string.
    package static func masked(_ text: String) -> String {
        isSuspicious(text) ? "***" : text
    }

    /// A message about a command line, with `***` for every argument that it quotes if one of them may be a connection
    /// string.
    ///
    /// Without quotes, the shell splits such a string into several arguments, and each may be a part of the password.
    package static func masked(_ message: String, quoting arguments: [String]) -> String {
        guard arguments.contains(where: isSuspicious) else { return message }
        return arguments.filter { !$0.isEmpty }.reduce(message) { message, argument in
            let isOption = argument.hasPrefix("-")
            let value = isOption ? argument.drop { $0 != "=" }.dropFirst() : argument[...]
            return value.isEmpty ? message : message.replacing("'\(value)'", with: "'***'")
        }
    }

    private static func isSuspicious(_ text: String) -> Bool {
        (text.contains("://") && text.contains("@")) || text.contains("password") || text.contains("--database")
    }
}
