import Analytics
import Web

/// The steps of a funnel in an address, and what they are of the site.
struct FunnelQuestion: Sendable {
    static let names: Set = ["step", "within"]

    let steps: [FunnelStep]
    private(set) var window = FunnelQuery.Window.visit
    /// The reasons why parts of the address do not count, with the names of the parameters.
    private(set) var faults: [(name: String, reason: String)] = []

    private static var mostSteps: Int { FunnelQuery.limits.steps.upperBound }

    init(_ parameters: ViewParameters) {
        let texts = parameters.all("step")
        let read = texts.compactMap { FunnelStep($0) }
        steps = Array(read.prefix(Self.mostSteps))
        if read.count < texts.count {
            faults.append(("step", "not such as page:/pricing, event:Signup or goal:Paid"))
        }
        if read.count > Self.mostSteps { faults.append(("step", "more than \(Self.mostSteps) steps")) }
        guard let text = parameters.last("within") else { return }
        if let window = FunnelQuery.Window(text) {
            self.window = window
        } else {
            faults.append(("within", "not visit or a number of days from 1 to \(FunnelQuery.limits.days.upperBound)"))
        }
    }

    /// The steps that a form asks for, without empty ones.
    ///
    /// - Parameter form: The form.
    init(_ form: PageForm) {
        steps = (1...Self.mostSteps).compactMap { number in
            let value = form["value\(number)"]
            guard !value.isEmpty, let kind = FunnelStep.Kind(rawValue: form["kind\(number)"]) else { return nil }
            return FunnelStep(kind, value)
        }
        window = FunnelQuery.Window(form["within"]) ?? .visit
    }

    var view: DashboardView { .funnel(steps, window) }

    /// The goals that the steps are.
    ///
    /// - Parameter access: The permission of the reader.
    /// - Returns: The goals, and the reasons why steps are none, by their places.
    /// - Throws: A `Problem` for what the permission does not cover
    func goals(_ access: Access) throws -> (goals: [Goal], faults: [Int: String]) {
        var (goals, faults): ([Goal], [Int: String]) = ([], [:])
        for (place, step) in steps.enumerated() {
            do {
                goals.append(try Self.document(step).goal(access, "step"))
            } catch let invalid as GoalInput.Invalid {
                faults[place] = invalid.reason
            } catch is QueryRefusal {
                faults[place] = "the site has no goal of this name"
            }
        }
        return (goals, faults)
    }

    private static func document(_ step: FunnelStep) throws(GoalInput.Invalid) -> StepDocument {
        switch step.kind {
        case .page: .act(try GoalInput(page: step.value))
        case .event: .act(try GoalInput(event: step.value))
        case .goal: .name(step.value)
        }
    }
}
