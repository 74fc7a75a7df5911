/** A refusal of Step Functions, in the words and with the names that its clients know. */
export type StepFunctionsFailure = { type: string; message: string };

const failure = (type: string, message: string): StepFunctionsFailure => ({
  type: `com.amazonaws.swf.service.v2.model#${type}`,
  message,
});

export const stateMachineDoesNotExist = (arn: string): StepFunctionsFailure =>
  failure("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);

export const executionAlreadyExists = (arn: string): StepFunctionsFailure =>
  failure("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);

export const invalidArn = failure("InvalidArn", "Invalid Arn: 'Invalid ARN prefix'");

export const invalidName = (name: string): StepFunctionsFailure =>
  failure("InvalidName", `Invalid Name: '${name}'`);

export const invalidInput = failure(
  "InvalidExecutionInput",
  "Invalid State Machine Execution Input: 'It is not JSON, or over 256 KB'",
);

export const invalidOutput = failure(
  "InvalidOutput",
  "Invalid Output: 'It is not JSON, or over 256 KB'",
);

export const invalidToken = failure("InvalidToken", "Invalid Token: 'Invalid token'");

export const taskDoesNotExist = failure(
  "TaskDoesNotExist",
  "Task Does Not Exist: 'Provided task does not exist'",
);

export const taskTimedOut = failure(
  "TaskTimedOut",
  "Task Timed Out: 'Provided task does not exist anymore'",
);

export const invalidRequest = (reason: string): StepFunctionsFailure => ({
  type: "com.amazon.coral.validate#ValidationException",
  message: reason,
});

export const unknownOperation: StepFunctionsFailure = {
  type: "com.amazon.coral.service#UnknownOperationException",
  message: "The local stack only knows StartExecution, SendTaskSuccess and SendTaskFailure.",
};
