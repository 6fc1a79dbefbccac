import Glibc
import NIOCore
import NIOPosix
import SystemPackage

/// The terminal of this process, which the dashboard has for itself until it leaves it.
///
/// It is a file of its own, since keys are read without waiting, and the shell shares the standard input.
struct Console {
    private static let path: FilePath = "/dev/tty"

    private let terminal: SystemPackage.FileDescriptor
    /// The modes of before.
    private let before: termios

    /// - Throws: `TopFailure.noTerminal`
    init() throws(TopFailure) {
        do {
            terminal = try SystemPackage.FileDescriptor.open(Self.path, .readWrite, options: [.closeOnExec])
        } catch {
            throw .noTerminal
        }
        var modes = termios()
        guard unsafe tcgetattr(terminal.rawValue, &modes) == 0 else { throw .noTerminal }
        before = modes
    }

    /// True if the standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Takes keys as they are pressed, and shows none; newlines are translated as before.
    func enter() {
        var modes = before
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
        // A terminal that is gone ends the stream of keys.
        unsafe tcsetattr(terminal.rawValue, TCSADRAIN, &modes)
        show(ScreenEncoder.enter)
    }

    /// Gives the terminal back as it was.
    func leave() {
        show(ScreenEncoder.leave)
        var modes = before
        unsafe tcsetattr(terminal.rawValue, TCSADRAIN, &modes)
    }

    func close() {
        // Nothing is lost with a terminal that cannot be closed.
        try? terminal.close()
    }

    /// The size in columns and lines; 80 by 24 if the terminal does not tell it.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard unsafe ioctl(terminal.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes to the terminal; false if it is gone.
    @discardableResult
    func show(_ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        // A reader that has gone ends the program.
        return (try? terminal.writeAll(text.utf8)) != nil
    }

    /// Stops the process and those of its pipeline, as Ctrl-Z does in the shell.
    func stop() { kill(0, SIGTSTP) }

    /// Passes the keys on until the terminal is gone.
    static func readKeys(_ press: (Key) -> Void) async throws {
        let keys = try SystemPackage.FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        let channel = try await NIOPipeBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .takingOwnershipOfDescriptor(input: keys.rawValue) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, Never>(wrappingChannelSynchronously: channel)
                }
            }
        var parser = Key.Parser()
        try await channel.executeThenClose { inbound in
            for try await bytes in inbound {
                for key in parser.parse(bytes.readableBytesView) { press(key) }
            }
        }
    }
}
