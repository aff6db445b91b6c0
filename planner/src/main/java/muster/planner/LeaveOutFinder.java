package muster.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import muster.planner.domain.Job;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/**
 * Which jobs of an impossible scenario to give up so that the others can be done: the least important first, and with a job
 * those that come after it. As many as it takes are found by halving; then each is put back where that is possible, the most
 * important first.
 */
final class LeaveOutFinder {
    /** Each question may be a search. */
    private static final int MOST_QUESTIONS = 40;

    private final Scenario scenario;
    private final RateBook book;
    private final BooleanSupplier stop;
    private boolean conclusive = true;
    private int questions;

    LeaveOutFinder(Scenario scenario, RateBook book, BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.stop = stop;
    }

    /** {@return what to leave out of a scenario that is proved to have no plan; empty where no part of it was found possible} */
    Optional<PlanAnswer.LeaveOut> find() {
        List<Job> order = leastImportantFirst();
        if (order.size() < 2 || !isPossibleWithout(new HashSet<>(order.subList(0, order.size() - 1)))) {
            return Optional.empty();
        }
        int tooFew = 0;
        int enough = order.size() - 1;
        while (enough - tooFew > 1 && mayAsk()) {
            int middle = (enough + tooFew) >>> 1;
            if (isPossibleWithout(new HashSet<>(order.subList(0, middle)))) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        conclusive &= enough - tooFew == 1;
        Set<Job> out = new HashSet<>(order.subList(0, enough));
        // Without the last of them, all the others being out, there is no plan.
        for (int i = enough - 2; i >= 0; i--) {
            Job job = order.get(i);
            if (scenario.jobs().stream()
                    .anyMatch(before -> out.contains(before) && job.after().contains(before.name()))) {
                continue; // what it comes after is left out
            }
            out.remove(job);
            if (!mayAsk() || !isPossibleWithout(out)) {
                conclusive &= mayAsk();
                out.add(job);
            }
        }
        List<String> names =
                scenario.jobs().stream().filter(out::contains).map(Job::name).toList();
        return Optional.of(new PlanAnswer.LeaveOut(names, conclusive));
    }

    private boolean mayAsk() {
        return questions < MOST_QUESTIONS && !stop.getAsBoolean();
    }

    private boolean isPossibleWithout(Set<Job> out) {
        questions++;
        Scenario rest = scenario.withJobs(
                scenario.jobs().stream().filter(job -> !out.contains(job)).toList());
        FleetInquiry.Finding finding =
                new FleetInquiry(rest, book, FleetInquiry.whatIf(scenario.seed()), stop).isPossible();
        conclusive &= finding.feasible() || finding.infeasible();
        return finding.feasible();
    }

    /** By priority, a job being as important as any that comes after it; of equals the later in the file first. */
    private List<Job> leastImportantFirst() {
        List<Job> jobs = scenario.jobs();
        int[] importance = jobs.stream().mapToInt(Job::priority).toArray();
        int[] depth = new int[importance.length];
        for (int round = 0; round < importance.length; round++) {
            for (int j = 0; j < importance.length; j++) {
                for (int before = 0; before < importance.length; before++) {
                    if (jobs.get(j).after().contains(jobs.get(before).name())) {
                        importance[before] = Math.max(importance[before], importance[j]);
                        depth[j] = Math.max(depth[j], depth[before] + 1);
                    }
                }
            }
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, importance.length).boxed().toList());
        order.sort(Comparator.comparingInt((Integer j) -> importance[j])
                .thenComparingInt(j -> -depth[j])
                .thenComparingInt(j -> -j));
        return order.stream().map(jobs::get).toList();
    }
}
