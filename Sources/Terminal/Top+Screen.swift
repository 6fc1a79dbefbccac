import Synchronization
import UnixSignals

/// The news that the dashboard is drawn after.
private enum News: Sendable {
    case key(Key)
    case reading(ServerReading)
    case trouble(String)
    case live(LiveMessage, site: Int)
    case answer(SiteAnswer, site: Int)
    /// The window has another size.
    case resized
    /// The process goes on after it was stopped.
    case continued
    /// A signal ends the process, or the terminal is gone.
    case ended
}

/// The orders for the tasks that read.
private struct Orders: Equatable, Sendable {
    /// The time between two readings of the server.
    var interval: Duration
    /// The place of the site that is watched.
    var site = 0
    var question = SiteQuestion()
}

/// The orders that the keys have given last.
private final class Wishes: Sendable {
    private let state: Mutex<Orders>

    init(_ interval: Duration) { state = Mutex(Orders(interval: interval)) }

    var orders: Orders { state.withLock { $0 } }

    func note(_ dashboard: Dashboard) {
        let orders = Orders(interval: dashboard.interval, site: dashboard.chosen, question: dashboard.question)
        state.withLock { $0 = orders }
    }
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
        var encoder = ScreenEncoder(dashboard.theme)
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
                case .redraw: encoder = ScreenEncoder(dashboard.theme)
                case .save: dashboard.remark = ViewFile.write(dashboard)
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
            case .answer(let answer, let site): dashboard.note(answer, of: site)
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
            while !Task.isCancelled, start.duration(to: .now) < wishes.orders.interval {
                // The only error is the cancellation.
                try? await Task.sleep(for: min(Self.nap, wishes.orders.interval))
            }
        }
    }

    /// Follows the live figures of the chosen site.
    private func readSites(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let chosen = wishes.orders.site
            let site = sites[chosen]
            do {
                try await client.follow(site.live, key: site.key) { message in
                    if let message = LiveMessage(message) { sender.yield(.live(message, site: chosen)) }
                    return wishes.orders.site == chosen
                }
            } catch {
                sender.yield(.live(.ended("\(error)"), site: chosen))
            }
            await pause(Self.retryPause) { wishes.orders.site == chosen }
        }
    }

    private func readLists(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let orders = wishes.orders
            let (site, question) = (orders.site, orders.question)
            sender.yield(.answer(await SiteAnswer.read(client, sites[site], question), site: site))
            await pause(Self.listPause) { wishes.orders.site == site && wishes.orders.question == question }
        }
    }

    /// Waits for a time, or until the orders are others.
    private func pause(_ time: Duration, while isWanted: () -> Bool) async {
        let start = ContinuousClock.now
        while !Task.isCancelled, isWanted(), start.duration(to: .now) < time {
            // The only error is the cancellation.
            try? await Task.sleep(for: Self.nap)
        }
    }
}
