package me.wingu.boma.harness.junit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Gives the tests of a class their virtual machine; see {@link IntegrationVm}. */
final class IntegrationVmExtension
        implements AfterEachCallback,
                BeforeAllCallback,
                BeforeEachCallback,
                ExecutionCondition,
                LifecycleMethodExecutionExceptionHandler,
                ParameterResolver,
                TestExecutionExceptionHandler,
                TestWatcher {

    private static final Namespace NAMESPACE = Namespace.create(IntegrationVmExtension.class);
    private static final Set<Class<?>> PARAMETERS = Set.of(Vm.class, Rehearsal.class, HostState.class, Drift.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        provisioned(context);
    }

    /** Provisions on the first call for a class; nested classes find what the class around them has. */
    @SuppressWarnings("deprecation") // JUnit 6 has a new name for the same; JUnit 5.14 has only this one
    private static ClassRehearsal provisioned(ExtensionContext context) {
        ExtensionContext owner = owner(context);
        IntegrationVm annotation = annotation(owner.getElement()).orElseThrow();
        try {
            return owner.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            ClassRehearsal.class,
                            c -> ClassRehearsal.provision(
                                    VmSettings.of(annotation, owner), SharedLab.of(owner), owner),
                            ClassRehearsal.class);
        } catch (HarnessException e) {
            if (e.kind() == HarnessException.Kind.MACHINE
                    && context.getConfigurationParameter("boma.unavailable")
                            .filter("skip"::equals)
                            .isPresent()) {
                throw new TestAbortedException("skipped, because boma.unavailable=skip: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Returns the context of the outermost class that carries the annotation. */
    private static ExtensionContext owner(ExtensionContext context) {
        ExtensionContext owner = context;
        for (Optional<ExtensionContext> c = Optional.of(context); c.isPresent(); c = c.get().getParent()) {
            if (c.get().getElement().filter(e -> e instanceof Class<?>).isPresent()
                    && annotation(c.get().getElement()).isPresent()) {
                owner = c.get();
            }
        }
        return owner;
    }

    /** Returns the host that a test rehearses. */
    static String host(ExtensionContext context) {
        return annotation(owner(context).getElement()).orElseThrow().host();
    }

    private static Optional<IntegrationVm> annotation(Optional<AnnotatedElement> element) {
        return AnnotationSupport.findAnnotation(element, IntegrationVm.class);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (isTheTestOfATemplate(context)) {
            return ConditionEvaluationResult.disabled("its invocations run in its place");
        }
        Optional<RebootKind> kind = kind(context);
        if (context.getTestMethod().isPresent()
                && context.getConfigurationParameter("boma.failFast", Boolean::parseBoolean).orElse(false)
                && provisioned(context).hasFailed()) {
            return ConditionEvaluationResult.disabled("an earlier test failed, and boma.failFast is set");
        }
        if (kind.isPresent() && context.getTestMethod().isPresent() && provisioned(context).awaits(kind.get())) {
            return ConditionEvaluationResult.disabled(
                    "the machine's last reboot was not of the kind " + kind.get().label());
        }
        return ConditionEvaluationResult.enabled("its machine is in the right phase");
    }

    /** JUnit takes a method for a test and a template when {@link AfterReboot}, a test, stands beside a template. */
    private static boolean isTheTestOfATemplate(ExtensionContext context) {
        boolean template = AnnotationSupport.isAnnotated(context.getTestMethod(), TestTemplate.class)
                || AnnotationSupport.isAnnotated(context.getTestMethod(), TestFactory.class);
        String id = context.getUniqueId();
        return template && id.startsWith("[method:", id.lastIndexOf('/') + 1);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ClassRehearsal rehearsal = provisioned(context);
        rehearsal.testBegins();
        Optional<RebootKind> kind = kind(context);
        if (kind.isPresent()) {
            rehearsal.ensureRebooted(kind.get());
        } else if (rehearsal.rebooted() && isOwnersMethod(context)) {
            throw new ExtensionConfigurationException("The ordinary test " + context.getDisplayName()
                    + " would run after the reboot: another @TestMethodOrder than that of @IntegrationVm is in force."
                    + " Remove it, or make this an @AfterReboot test.");
        }
        rehearsal.ensureStarted();
        if (AnnotationSupport.isAnnotated(context.getTestMethod(), Pristine.class)) {
            rehearsal.makePristine();
        }
        if (isReverted(context)) {
            rehearsal.remember();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ClassRehearsal rehearsal = provisioned(context);
        rehearsal.testEnds();
        if (isReverted(context)) {
            rehearsal.revert(context.getExecutionException()
                    .filter(failure -> !(failure instanceof TestAbortedException))
                    .isPresent());
        }
    }

    private static boolean isReverted(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), Reverted.class);
    }

    private static boolean isOwnersMethod(ExtensionContext context) {
        return owner(context).getRequiredTestClass().equals(context.getRequiredTestClass());
    }

    private static Optional<RebootKind> kind(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), AfterReboot.class)
                .map(AfterReboot::value);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean ofConstructor = parameter.getDeclaringExecutable() instanceof Constructor;
        if (ofConstructor && (type == HostState.class || type == Drift.class)) {
            throw new ExtensionConfigurationException("The constructor of "
                    + context.getRequiredTestClass().getName() + " takes a " + type.getSimpleName()
                    + ", but the instance is made before the machine is what its test wants: before the reboot, for an"
                    + " @AfterReboot test. Take it in the test method, or a Vm here.");
        }
        ClassRehearsal whole = provisioned(context);
        if (context.getTestMethod().isEmpty() && !ofConstructor) {
            whole.setUpForAll();
        }
        whole.ensureStarted();
        Rehearsal rehearsal = whole.rehearsal();
        Vm vm = rehearsal.vm(); // from here on the machine counts as touched
        if (type == Rehearsal.class) {
            return rehearsal;
        }
        if (type == HostState.class) {
            return vm.state();
        }
        return type == Drift.class ? vm.drift() : vm;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withoutSecrets(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        classFailed(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withoutSecrets(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withoutSecrets(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        classFailed(context, failure);
    }

    /** No test fails with what is done for all of them; the class does. */
    private static void classFailed(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            provisioned(context).setUpFailed();
        }
        throw withoutSecrets(context, failure);
    }

    /** Takes secrets out of a failure's text, and of all that led to it: it goes to logs and reports. */
    private static Throwable withoutSecrets(ExtensionContext context, Throwable failure) {
        Rehearsal rehearsal = provisioned(context).rehearsal();
        StringWriter whole = new StringWriter();
        failure.printStackTrace(new PrintWriter(whole, true));
        String text = whole.toString();
        if (rehearsal.withoutSecrets(text).equals(text)) {
            return failure;
        }
        String struck = rehearsal.withoutSecrets(String.valueOf(failure.getMessage()));
        Throwable safe = failure instanceof TestAbortedException ? new TestAbortedException(struck) : new AssertionError(struck);
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        provisioned(context).testPassed();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        provisioned(context).testFailed();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        provisioned(context).testSkipped();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        provisioned(context).testSkipped();
    }
}
