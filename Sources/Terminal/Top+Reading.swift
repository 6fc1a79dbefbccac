extension Top {
    /// The longest sleep before the tasks look if something else is wanted.
    private static let nap: Duration = .milliseconds(250)
    private static let retryPause: Duration = .seconds(3)
    private static let listPause: Duration = .seconds(30)
    private static let pagePause: Duration = .seconds(10)

    func readServer(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                let hasLocal = wishes.orders.page == .machine
                sender.yield(.reading(try await ServerReading.read(client, key: key, hasLocal: hasLocal)))
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
    func readSites(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
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

    func readLists(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let orders = wishes.orders
            let (site, question) = (orders.site, orders.question)
            sender.yield(.answer(await SiteAnswer.read(client, sites[site], question), site: site))
            await pause(Self.listPause) { wishes.orders.site == site && wishes.orders.question == question }
        }
    }

    /// Reads what the page about the hours or about refusals needs, while it is shown.
    func readPage(_ wishes: Wishes, _ sender: AsyncStream<News>.Continuation) async {
        while !Task.isCancelled {
            let orders = wishes.orders
            let site = sites[orders.site]
            switch orders.page {
            case .hour: sender.yield(.hours(await HourAnswer.read(client, site, orders.span), site: orders.site))
            case .refused: sender.yield(.refusals(await RefusalAnswer.read(client, site), site: orders.site))
            default: break
            }
            await pause(Self.pagePause) {
                let now = wishes.orders
                return now.page == orders.page && now.site == orders.site && now.span == orders.span
            }
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
