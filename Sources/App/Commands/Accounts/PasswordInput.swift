import Glibc

/// The reading of a password: from a terminal without showing it, or else the first line of standard input.
enum PasswordInput {
    /// The way of giving one, for the help of commands.
    static let help = """
        The password is asked for in a terminal, and otherwise read from the first line of standard input: as an argument \
        it would be seen by other users of the machine.
        """

    /// Reads a password.
    ///
    /// - Throws: `CommandFailure` without one, and where the two inputs of a terminal differ.
    static func read() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(), !line.isEmpty else {
                throw CommandFailure("no password: give it as the first line of standard input")
            }
            return line
        }
        let first = try ask("Password: ")
        guard try ask("Again: ") == first else { throw CommandFailure("the two passwords differ") }
        return first
    }

    private static func ask(_ prompt: String) throws -> String {
        var before = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { throw CommandFailure("the terminal cannot be read") }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            print()
        }
        print(prompt, terminator: "")
        fflush(nil)
        guard let line = readLine(), !line.isEmpty else { throw CommandFailure("no password") }
        return line
    }
}
