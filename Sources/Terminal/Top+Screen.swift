import UnixSignals

extension Top {
    /// The news that may wait to be drawn; of more the oldest are left out.
    private static let mostNews = 256

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
                group.addTask { await self.readPage(wishes, sender) }
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
            case .hours(let hours, let site): dashboard.note(hours, of: site)
            case .refusals(let refusals, let site): dashboard.note(refusals, of: site)
            }
            guard isShown() else { return }
        }
    }
}
