extension Figures {
    /// The figures of a reading.
    ///
    /// - Parameters:
    ///   - now: The reading.
    ///   - before: An earlier one of the same server; nil for none.
    init(_ now: ServerReading, since before: ServerReading?) {
        self.init(at: now.at)
        noteState(now)
        noteStore(now.metrics)
        noteMachine(now.metrics)
        noteReports(now.metrics)
        noteRefusals(now.metrics, nil, over: 1)
        noteLocal(now.local, nil, over: 1)
        // A server that was restarted counts anew.
        guard let before, before.startTime == now.startTime else { return }
        let seconds = before.instant.duration(to: now.instant) / .seconds(1)
        guard seconds > 0 else { return }
        noteRates(now.metrics, before.metrics, over: seconds)
        noteCores(now.metrics, before.metrics)
        noteRefusals(now.metrics, before.metrics, over: seconds)
        noteLocal(now.local, before.local, over: seconds)
    }

    private mutating func noteState(_ reading: ServerReading) {
        let metrics = reading.metrics
        version = metrics["hourglass_build_info"].first?.labels["version"]
        uptime = reading.startTime.map { max(0, reading.at - $0) }
        status = reading.readiness?.status
        for (name, check) in reading.readiness?.checks ?? [:] {
            if let detail = check.detail ?? (check.status == "ok" ? nil : check.status) { notes[name] = detail }
        }
    }

    private mutating func noteStore(_ metrics: Metrics) {
        queue = Self.fill("hourglass_queue_events", of: "hourglass_queue_limit_events", metrics)
        bodies = Self.fill("hourglass_body_bytes", of: "hourglass_body_limit_bytes", metrics)
        spool = Self.fill("hourglass_spool_bytes", of: "hourglass_spool_limit_bytes", metrics)
        spoolAge = metrics.sum("hourglass_spool_age_seconds")
        setAside = metrics.sum("hourglass_spool_set_aside_events")
        streams = metrics.sum("hourglass_realtime_streams")
        isFollowing = metrics.sum("hourglass_live_following").map { $0 > 0 }
        database = metrics.sum("pg_database_size_bytes")
    }

    private mutating func noteMachine(_ metrics: Metrics) {
        memory = metrics.sum("process_resident_memory_bytes")
        files = Self.fill("process_open_fds", of: "process_max_fds", metrics)
        let loads = ["node_load1", "node_load5", "node_load15"].compactMap { metrics.sum($0) }
        load = loads.count == 3 ? loads : nil
        let cores = Set(metrics["node_cpu_seconds_total"].compactMap { $0.labels["cpu"] })
        processors = cores.isEmpty ? nil : Double(cores.count)
        if let total = metrics.sum("node_memory_MemTotal_bytes"),
            let available = metrics.sum("node_memory_MemAvailable_bytes")
        {
            machineMemory = Fill(used: total - available, limit: total)
        }
        disks = metrics["node_filesystem_size_bytes"].compactMap { size in
            guard let path = size.labels["mountpoint"],
                let rest = metrics.sum("node_filesystem_avail_bytes", where: { $0["mountpoint"] == path })
            else { return nil }
            return Disk(path: path, fill: Fill(used: size.value - rest, limit: size.value))
        }
    }

    private mutating func noteReports(_ metrics: Metrics) {
        parts = metrics.sum("hourglass_parts")
        partMemory = metrics.sum("hourglass_part_bytes")
        waitingQuestions = metrics.sum("hourglass_report_questions_waiting")
        tasks = metrics["hourglass_task_last_success_timestamp_seconds"].compactMap { sample in
            guard let name = sample.labels["task"] else { return nil }
            let failures = metrics.sum("hourglass_task_failures_total") { $0["task"] == name }
            let age = sample.value > 0 ? max(0, at - sample.value) : nil
            return BackgroundTask(name: name, age: age, failures: failures ?? 0)
        }
    }

    private mutating func noteRates(_ now: Metrics, _ before: Metrics, over seconds: Double) {
        func rate(_ name: String, where isCounted: ([String: String]) -> Bool = { _ in true }) -> Double? {
            now.sum(name, where: isCounted).map { max(0, $0 - (before.sum(name, where: isCounted) ?? 0)) / seconds }
        }
        let digits = Set(now["hourglass_http_requests_total"].compactMap { $0.labels["status"]?.prefix(1) })
        let byDigit = digits.map { digit in
            (String(digit), rate("hourglass_http_requests_total") { $0["status"]?.hasPrefix(digit) == true } ?? 0)
        }
        requests = Dictionary(byDigit, uniquingKeysWith: +)
        requestTimes = Self.times("hourglass_http_request_duration_seconds", now, before)
        events = rate("hourglass_events_accepted_total")
        hits = rate("hourglass_hits_accepted_total")
        rejected = rate("hourglass_events_rejected_total")
        batches = rate("hourglass_batch_events_count")
        if let batches, batches > 0, let inBatches = rate("hourglass_batch_events_sum") {
            batchEvents = inBatches / batches
        }
        commitTimes = Self.times("hourglass_batch_duration_seconds", now, before)
        scanTimes = Self.times("hourglass_report_scan_duration_seconds", now, before)
        cpu = rate("process_cpu_seconds_total")
    }

    private static func fill(_ used: String, of limit: String, _ metrics: Metrics) -> Fill? {
        guard let used = metrics.sum(used), let limit = metrics.sum(limit) else { return nil }
        return Fill(used: used, limit: limit)
    }

    private static func times(_ name: String, _ now: Metrics, _ before: Metrics) -> Times? {
        let counts = BucketCounts(name, now, since: before)
        guard counts.count > 0 else { return nil }
        return Times(p50: counts.quantile(0.5), p95: counts.quantile(0.95), p99: counts.quantile(0.99))
    }
}

extension ServerReading {
    /// The start of the server's process in seconds since 1970.
    fileprivate var startTime: Double? { metrics.sum("process_start_time_seconds") }
}
