from convnet_core.labs.quiz.lab import QuizLab

__all__ = ["QuizLab"]
