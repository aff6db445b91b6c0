package muster.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void feasiblePlanReadsAsKept() throws IOException {
        Golden.assertSame("feasible.txt", PlanText.of(Answers.feasible(), false));
    }

    @Test
    void optimalPlanWithoutSiteReadsAsKept() throws IOException {
        Golden.assertSame("optimal.txt", PlanText.of(Answers.optimal("Rented by the hour", "h800"), false));
    }

    @Test
    void infeasibleAnswerReadsAsKept() throws IOException {
        Golden.assertSame("infeasible.txt", PlanText.of(Answers.infeasible(), false));
    }

    @Test
    void unknownAnswerReadsAsKept() throws IOException {
        Golden.assertSame("unknown.txt", PlanText.of(Answers.unknown(), false));
    }

    @Test
    void colourChangesNoWord() {
        for (PlanAnswer answer : List.of(Answers.feasible(), Answers.infeasible(), Answers.unknown())) {
            String coloured = PlanText.of(answer, true);
            assertThat(coloured).contains("\u001b[");
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(PlanText.of(answer, false));
        }
    }

    @Test
    void noLineIsLongerThanAHundredCharacters() {
        assertThat(PlanText.of(Answers.feasible(), false).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Page.WIDTH));
    }

    @Test
    void aNameCannotCommandTheTerminal() {
        String text = PlanText.of(Answers.optimal("red\u001b[31m\nline\u009b2J\u202eback", "h8\r00\u0007"), false);
        assertThat(text).contains("red\\u001b[31m\\u000aline\\u009b2J\\u202eback", "h8\\u000d00\\u0007");
        assertThat(text.chars().filter(unit -> unit != '\n')).noneMatch(Character::isISOControl);
    }

    @Test
    void namesOfOtherScriptsAreShownAsTheyAre() {
        assertThat(PlanText.of(Answers.optimal("训练 «é» 🚀", "h800"), false)).startsWith("训练 «é» 🚀\n");
    }

    @Test
    void aLeastRelaxationIsNeverRoundedDown() {
        assertThat(PlanText.of(Answers.infeasible(), false)).contains("71.24 d", "4.322 MW");
    }

    @Test
    void aLimitThatBindsWithSlackSaysWhy() {
        assertThat(PlanText.of(Answers.feasible(), false))
                .contains(
                        "What binds with slack left: fleets come in steps, and the next better one would pass the limit.\n");
    }

    @Test
    void assumptionsOnUnusedPoolsCountApart() {
        PlanAnswer answer = Answers.feasible();
        Plan plan = answer.plan().orElseThrow();
        Plan onH800 = new Plan(plan.choice(), plan.jobs(), plan.fleet().subList(0, 2), plan.totals());
        PlanAnswer unused = new PlanAnswer(
                answer.scenario(),
                answer.status(),
                Optional.of(onH800),
                answer.bound(),
                answer.limits(),
                answer.conflict(),
                answer.onePools(),
                answer.run());
        assertThat(PlanText.of(unused, false))
                .contains("1 figure is assumed of pools that the plan does not use")
                .doesNotContain("the plan is no better than");
    }

    @Test
    void assumedFiguresSayItInWords() {
        assertThat(PlanText.of(Answers.feasible(), false)).containsPattern("measured\\.h20 .* ASSUMED ");
    }
}
