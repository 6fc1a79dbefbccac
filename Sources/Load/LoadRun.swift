import NIOCore
import NIOPosix

/// One run of the load generator.
package struct LoadRun: Sendable {
    private let plan: Plan

    /// Plans a run; throws if an option is invalid.
    package init(_ options: LoadOptions) throws(LoadError) {
        plan = try Plan(options)
    }

    /// Sends the traffic, and checks the server's counts before, during and after it.
    ///
    /// - Parameter progress: Gets a line every second.
    /// - Returns: The results.
    /// - Throws: `LoadError.different` with the first wrong answer, or another `LoadError`.
    package func run(progress: (String) -> Void) async throws -> LoadReport {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let report = try await run(on: group.next(), progress)
            try await group.shutdownGracefully()
            return report
        } catch {
            // The first error is the one to report.
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func run(on loop: any EventLoop, _ progress: (String) -> Void) async throws -> LoadReport {
        let address = try await reach(on: loop)
        return switch plan.options.mode {
        case .single, .bulk: try await sendHours(to: address, on: loop, progress)
        case .pages: try await sendPages(to: address, on: loop, progress)
        }
    }

    private func sendHours(
        to address: SocketAddress,
        on loop: any EventLoop,
        _ progress: (String) -> Void
    ) async throws -> LoadReport {
        let (traffic, work) = try await NIOLoopBound.make(plan, address: address, loop: loop) { HourWorkload($0) }
        let inquirer = Inquirer(
            target: plan.target,
            address: address,
            timeout: TimeAmount(plan.options.timeout),
            loop: loop
        )
        try await inquirer.findSites(of: plan)
        let checker = try await Checker(plan, inquirer: inquirer, work: work)
        let liveChecks = try await send(traffic, checking: { try await checker.keepAsking() }, progress)
        let finalChecks = try await checker.verify()
        let statistics = try await traffic.with { $0.statistics }
        return LoadReport(statistics, sites: plan.sites, liveChecks: liveChecks, finalChecks: finalChecks)
    }

    /// Sends hits, whose counts are in the report: comparing them with the server's is left to whoever can ask it.
    private func sendPages(
        to address: SocketAddress,
        on loop: any EventLoop,
        _ progress: (String) -> Void
    ) async throws -> LoadReport {
        let (traffic, work) = try await NIOLoopBound.make(plan, address: address, loop: loop) { PageWorkload($0) }
        _ = try await send(traffic, checking: { 0 }, progress)
        let statistics = try await traffic.with { $0.statistics }
        let (ledgers, unsettled) = try await work.with { ($0.ledgers, $0.unsettled) }
        let pages = zip(ledgers, plan.sites).map { $0.counts(of: $1) }
        return LoadReport(statistics, sites: plan.sites, pages: pages, unsettledHits: unsettled)
    }

    /// Resolves the server's address by connecting to it once.
    private func reach(on loop: any EventLoop) async throws -> SocketAddress {
        let target = plan.target
        do {
            let channel = try await ClientBootstrap(group: loop).connect(host: target.host, port: target.port).get()
            let address = channel.remoteAddress
            try await channel.close()
            if let address { return address }
            throw ChannelError.ioOnClosedChannel
        } catch {
            let first = (error as? NIOConnectionError)?.connectionErrors.first?.error
            throw LoadError.unreachable(url: plan.options.url, reason: "\(first ?? error)")
        }
    }

    private enum Step: Sendable {
        case line(String)
        case sent
        case checked(Int)
    }

    /// Sends all events, while one task checks answers and one reports progress.
    private func send(
        _ traffic: NIOLoopBound<Traffic>,
        checking check: @escaping @Sendable () async throws -> Int,
        _ progress: (String) -> Void
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Step?.self) { group in
            group.addTask {
                try await traffic.run()
                return .sent
            }
            group.addTask { .checked(try await check()) }
            group.addTask { await nextLine(traffic) }
            var checks = 0
            for try await step in group {
                switch step {
                case .line(let line):
                    progress(line)
                    group.addTask { await nextLine(traffic) }
                case .sent: group.cancelAll()
                case .checked(let count): checks = count
                case nil: break
                }
            }
            return checks
        }
    }

    /// The progress line of one second from now; nil once the traffic has stopped.
    private func nextLine(_ traffic: NIOLoopBound<Traffic>) async -> Step? {
        do {
            try await Task.sleep(for: .seconds(1))
            let line = try await traffic.with { $0.isStopped ? nil : $0.statistics.line(at: .now()) }
            return line.map(Step.line)
        } catch {
            return nil
        }
    }
}
