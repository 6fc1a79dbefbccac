import Synchronization
import UnixSignals

/// The news that the dashboard is drawn after.
private enum News: Sendable {
    case key(Key)
    case reading(ServerReading)
    case trouble(String)
    case live(LiveMessage, site: Int)
    case lists([TopList], site: Int)
    /// The window has another size.
    case resized
    /// The process goes on after it was stopped.
    case continued
    /// A signal ends the process, or the terminal is gone.
    case ended
}

/// The orders for the reading tasks: the time between two readings, and the site that is watched.
private final class Wishes: Sendable {
    private let state: Mutex<(interval: Duration, site: Int)>

    init(_ interval: Duration) { state = Mutex((interval, 0)) }

    var interval: Duration { state.withLock { $0.interval } }
    var site: Int { state.withLock { $0.site } }

    func note(_ dashboard: Dashboard) { state.withLock { $0 = (dashboard.interval, dashboard.chosen) } }
}

extension Top {
    /// The news that may wait to be drawn; of more the oldest are left out.
    private static let mostNews = 256
    /// The longest sleep before the tasks look if something else is wanted.
    private static let nap: Duration = .milliseconds(250)
    private static let retryPause: Duration = .seconds(3)
    private static let listPause: Duration = .seconds(30)

    /// Shows the dashboard until a key or a signal ends it, and gives the terminal back in any case.
    ///
    /// - Throws: `TopFailure.noTerminal`
    package func run() async throws {
        let console = try Console()
        defer { console.close() }
        let wishes = Wishes(interval)
        let (news, sender) = AsyncStream.makeStream(of: News.self, bufferingPolicy: .bufferingNewest(Self.mostNews))
        // Signals are caught before the terminal is changed, so that none leaves it so.
        let signals = await UnixSignalsSequence(
            trapping: [.sigwinch, .sigcont, .sigint, .sigterm, .sighup, .sigquit]
        )
        console.enter()
        defer { console.leave() }
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                for await signal in signals {
                    sender.yield(signal == .sigwinch ? .resized : signal == .sigcont ? .continued : .ended)
                }
            }
            group.addTask {
                // A terminal that cannot be read is gone.
                try? await Console.readKeys { sender.yield(.key($0)) }
                sender.yield(.ended)
            }
            group.addTask { await self.readServer(wishes, sender) }
            if !self.sites.isEmpty {
                group.addTask { await self.readSites(wishes, sender) }
                group.addTask { await self.readLists(wishes, sender) }
            }
            await self.draw(news, on: console, wishes)
            group.cancelAll()
        }
    }

    private func draw(_ news: AsyncStream<News>, on console: Console, _ wishes: Wishes) async {
        var dashboard = dashboard
        var encoder = ScreenEncoder(hasColour: look.hasColour)
        var isStopped = false
        func isShown() -> Bool {
            guard !isStopped else { return true }
            let size = console.size
            return console.show(encoder.encode(dashboard.frame(width: size.width, height: size.height, look)))
        }
        guard isShown() else { return }
        for await event in news {
            switch event {
            case .ended: return
            case .key(let key):
                switch dashboard.press(key) {
                case .quit: return
                case .redraw: encoder.reset()
                case .suspend:
                    console.leave()
                    isStopped = true
                    console.stop()
                case .none: wishes.note(dashboard)
                }
            case .continued:
                isStopped = false
                console.enter()
                encoder.reset()
            case .resized: encoder.reset()
            case .reading(let reading): dashboard.note(reading)
            case .trouble(let reason): dashboard.noteTrouble(reason)
            case .live(let message, let site): dashboard.note(message, of: site)
            case .lists(let lists, let site): dashboard.note(lists, of: site)
            }
            guard isShown() else { return }
        }
    }

    // MARK: Reading

    private func readServer(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                sender.yield(.reading(try await ServerReading.read(client, key: key)))
            } catch {
                sender.yield(.trouble("\(error)"))
            }
            while !Task.isCancelled, start.duration(to: .now) < wishes.interval {
                // The only error is the cancellation.
                try? await Task.sleep(for: min(Self.nap, wishes.interval))
            }
        }
    }

    /// Follows the live figures of the chosen site.
    private func readSites(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let chosen = wishes.site
            let site = sites[chosen]
            do {
                try await client.follow(site.live, key: site.key) { message in
                    if let message = LiveMessage(message) { sender.yield(.live(message, site: chosen)) }
                    return wishes.site == chosen
                }
            } catch {
                sender.yield(.live(.ended("\(error)"), site: chosen))
            }
            await pause(Self.retryPause, of: chosen, wishes)
        }
    }

    private func readLists(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let chosen = wishes.site
            // The live figures tell if the server does not answer.
            if let lists = try? await TopList.read(client, sites[chosen]) {
                sender.yield(.lists(lists, site: chosen))
            }
            await pause(Self.listPause, of: chosen, wishes)
        }
    }

    /// Waits for a time, or until another site is chosen.
    private func pause(_ time: Duration, of site: Int, _ wishes: Wishes) async {
        let start = ContinuousClock.now
        while !Task.isCancelled, wishes.site == site, start.duration(to: .now) < time {
            // The only error is the cancellation.
            try? await Task.sleep(for: Self.nap)
        }
    }
}
