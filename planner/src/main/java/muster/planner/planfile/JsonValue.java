package muster.planner.planfile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value with its place, line and column from 1. */
sealed interface JsonValue {
    Place place();

    /** {@return what kind of value this is, for messages} */
    String shape();

    record Place(int line, int column) {}

    /** Members in file order; names are unique. */
    record Group(Place place, Map<String, JsonValue> members) implements JsonValue {
        Optional<JsonValue> find(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** {@return the text of that name; empty where there is none, or another kind of value} */
        Optional<String> findText(String name) {
            return members.get(name) instanceof Text text ? Optional.of(text.text()) : Optional.empty();
        }

        @Override
        public String shape() {
            return "an object";
        }
    }

    record Items(Place place, List<JsonValue> items) implements JsonValue {
        @Override
        public String shape() {
            return "a list";
        }
    }

    record Text(Place place, String text) implements JsonValue {
        @Override
        public String shape() {
            return "a text";
        }
    }

    record Amount(Place place, BigDecimal value) implements JsonValue {
        @Override
        public String shape() {
            return "a number";
        }
    }

    record Truth(Place place, boolean value) implements JsonValue {
        @Override
        public String shape() {
            return Boolean.toString(value);
        }
    }

    record Nothing(Place place) implements JsonValue {
        @Override
        public String shape() {
            return "null";
        }
    }
}
