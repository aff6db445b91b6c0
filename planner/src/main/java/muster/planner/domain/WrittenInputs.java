package muster.planner.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario was read from, as text, so that a plan file alone lets it be read again, to the last digit, years later
 * and without the catalogue.
 *
 * @param file the scenario's name, as the user gave it
 * @param text its text
 * @param settings laid over it in this order, each {@code path=value}
 * @param entries the catalogue's files that were read
 * @param gpuNames names of all GPUs of the catalogue, where they were asked for; else empty
 */
public record WrittenInputs(
        String file, String text, List<String> settings, List<Entry> entries, List<String> gpuNames) {
    /**
     * A file of the catalogue.
     *
     * @param own whether it stood in the user's folder, laid over the shipped one
     * @param folder of its kind, such as {@code gpus}
     * @param name its file's stem
     * @param file where it stood
     */
    public record Entry(boolean own, String folder, String name, String file, String text) {}

    public WrittenInputs {
        settings = List.copyOf(settings);
        entries = List.copyOf(entries);
        gpuNames = List.copyOf(gpuNames);
    }

    /** {@return the same inputs with more settings laid over them} */
    public WrittenInputs with(List<String> further) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(further);
        return new WrittenInputs(file, text, all, entries, gpuNames);
    }
}
