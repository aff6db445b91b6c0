package muster.planner.search;

import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.CountableValueRange;
import org.optaplanner.core.api.domain.valuerange.ValueRangeFactory;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/** Whether a job starts as soon as its release and its predecessors allow, or waits for one more job to end. */
@PlanningEntity
public class StartChoice {
    /** Waits for no further job. */
    static final int AT_ONCE = -1;

    @PlanningId
    private int job;

    private int jobCount;

    @PlanningVariable(valueRangeProviderRefs = "jobs")
    private Integer waitsFor;

    /** For the solver's cloner. */
    public StartChoice() {}

    StartChoice(int job, int jobCount, int waitsFor) {
        this.job = job;
        this.jobCount = jobCount;
        this.waitsFor = waitsFor;
    }

    @ValueRangeProvider(id = "jobs")
    public CountableValueRange<Integer> jobRange() {
        return ValueRangeFactory.createIntValueRange(AT_ONCE, jobCount);
    }

    int job() {
        return job;
    }

    int jobCount() {
        return jobCount;
    }

    int waitsFor() {
        return waitsFor;
    }

    void setWaitsFor(int waitsFor) {
        this.waitsFor = waitsFor;
    }

    @Override
    public String toString() {
        return "job %d waits for %d".formatted(job, waitsFor);
    }
}
